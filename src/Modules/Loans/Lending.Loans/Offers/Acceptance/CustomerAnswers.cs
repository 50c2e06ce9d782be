using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>What a customer does with an offer that is locked: the same for the API and for pages, for an account and for a link.</summary>
internal sealed class CustomerAnswers(
    CustomerVoice voice,
    OfferGuards guards,
    EvidenceReader evidence,
    AcceptanceReceipts receipts,
    IOrganizationDirectory organizations,
    Caller caller,
    OrganizationClock clock
)
{
    /// <summary>Accepts what was signed, and uses up the link if it is one that speaks. The receipt is mailed at once.</summary>
    public async Task<Error?> AcceptAsync(LoanOffer offer, Signature signature, CancellationToken ct)
    {
        var organization = await organizations.ReadAsync(caller.OrganizationId, ct);
        var obstacle =
            await voice.UseLinkAsync(offer, ct)
            ?? (organization.AcceptanceNeedsCode && signature.Code is null ? MailedCode.CodeMissing : null)
            ?? offer.Accept(signature, caller.Reference, organization.TimeZone, clock.GetStorableNow())
            ?? await guards.FindObstacleToAcceptanceAsync(offer, signature.Code is not null, ct);
        if (obstacle is null)
        {
            offer.Acceptance!.Keep(await evidence.ReadAsync(offer, signature, organization, ct));
            await receipts.IssueAsync(offer, ct);
        }
        return obstacle;
    }

    /// <summary>Declines, and uses up the link if it is one that speaks.</summary>
    public async Task<Error?> DeclineAsync(LoanOffer offer, string? comment, CancellationToken ct) =>
        await voice.UseLinkAsync(offer, ct) ?? offer.Decline(caller.Reference, comment, clock.GetStorableNow());

    /// <summary>Takes the acceptance back.</summary>
    public async Task<Error?> WithdrawAsync(LoanOffer offer, string? comment, CancellationToken ct)
    {
        var organization = await organizations.GetAsync(caller.OrganizationId, ct);
        return offer.Withdraw(caller.Reference, comment, organization.TimeZone, clock.GetStorableNow());
    }
}
