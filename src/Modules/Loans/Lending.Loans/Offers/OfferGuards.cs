using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Platform.Security;

namespace Lending.Loans.Offers;

/// <summary>Asks every module that has a say in an approval or an acceptance, one after the other: they share the transaction's connection.</summary>
internal sealed class OfferGuards(IEnumerable<IOfferApprovalGuard> ofApproval, IEnumerable<IAcceptanceGuard> ofAcceptance, Caller caller)
{
    /// <summary>The first objection to the approval of an offer, or null.</summary>
    public Task<Error?> FindObjectionToApprovalAsync(Guid offerId, CancellationToken ct) =>
        FirstAsync(ofApproval.Select(guard => guard.ObjectionAsync(caller.OrganizationId, offerId, ct)));

    /// <summary>The first objection to the acceptance of an offer, or null.</summary>
    public Task<Error?> FindObjectionToAcceptanceAsync(Guid offerId, CancellationToken ct) =>
        FirstAsync(ofAcceptance.Select(guard => guard.ObjectionAsync(caller.OrganizationId, offerId, ct)));

    // Each is asked when the one before has answered, as the sequence is made while it is read.
    private static async Task<Error?> FirstAsync(IEnumerable<Task<OfferObjection?>> answers)
    {
        foreach (var answer in answers)
        {
            if (await answer is { } objection)
            {
                return Error.Conflict(objection.Code, objection.Text);
            }
        }
        return null;
    }
}
