using Lending.Kernel;
using Lending.Loans.Contracts;

namespace Lending.Loans.Offers;

/// <summary>
/// Asks every module that has a say in an approval or an acceptance, and tells those that follow a change, one after the other: they share the transaction's connection.
/// </summary>
internal sealed class OfferGuards(
    IEnumerable<IOfferApprovalGuard> ofApproval,
    IEnumerable<IAcceptanceGuard> ofAcceptance,
    IEnumerable<IChangedOffers> ofChanges
)
{
    /// <summary>The first reason not to approve an offer, which is locked, or null.</summary>
    public Task<Error?> FindObstacleToApprovalAsync(LoanOffer offer, CancellationToken ct)
    {
        var guarded = Of(offer);
        return FirstAsync(ofApproval.Select(guard => guard.FindObstacleAsync(guarded, ct)));
    }

    /// <summary>The first reason not to accept an offer, which is locked, or null.</summary>
    public Task<Error?> FindObstacleToAcceptanceAsync(LoanOffer offer, bool isProvedByCode, CancellationToken ct)
    {
        var guarded = Of(offer) with { IsProvedByCode = isProvedByCode };
        return FirstAsync(ofAcceptance.Select(guard => guard.FindObstacleAsync(guarded, ct)));
    }

    /// <summary>Tells of new terms of an offer, which is locked.</summary>
    public async Task TellOfChangeAsync(LoanOffer offer, CancellationToken ct)
    {
        var guarded = Of(offer);
        foreach (var follower in ofChanges)
        {
            await follower.FollowAsync(guarded, ct);
        }
    }

    private static GuardedOffer Of(LoanOffer offer)
    {
        var content = OfferContent.Of(offer);
        return new(
            offer.Id,
            offer.Customer.Id,
            content.DocumentHash,
            offer.Currency,
            offer.LoanAmount - offer.Fees.Dealer,
            content.Quote.HighestMonthlyPayment
        );
    }

    // Each is asked when the one before has answered, as the sequence is made while it is read.
    private static async Task<Error?> FirstAsync(IEnumerable<Task<Error?>> answers)
    {
        foreach (var answer in answers)
        {
            if (await answer is { } obstacle)
            {
                return obstacle;
            }
        }
        return null;
    }
}
