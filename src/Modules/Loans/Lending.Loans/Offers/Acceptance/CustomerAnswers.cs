using System.Globalization;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>What a customer does with an offer that is locked: the same for the API and for pages, for an account and for a link.</summary>
internal sealed class CustomerAnswers(
    CustomerVoice voice,
    OfferGuards guards,
    IOrganizationDirectory organizations,
    ICustomerDirectory customers,
    INotifications notifications,
    Caller caller,
    OrganizationClock clock
)
{
    /// <summary>Accepts what was signed, and uses up the link if it is one that speaks.</summary>
    public async Task<Error?> AcceptAsync(LoanOffer offer, Signature signature, CancellationToken ct)
    {
        var organization = await organizations.GetAsync(caller.OrganizationId, ct);
        return await voice.UseLinkAsync(offer, ct)
            ?? offer.Accept(signature, caller.Reference, organization.TimeZone, clock.GetStorableNow())
            ?? await guards.FindObstacleToAcceptanceAsync(offer, signature.IsProvedByCode, ct);
    }

    /// <summary>Declines, and uses up the link if it is one that speaks.</summary>
    public async Task<Error?> DeclineAsync(LoanOffer offer, string? comment, CancellationToken ct) =>
        await voice.UseLinkAsync(offer, ct) ?? offer.Decline(caller.Reference, comment, clock.GetStorableNow());

    /// <summary>Takes the acceptance back. The receipt, with the time, is mailed at once (Directive (EU) 2023/2673, Article 11a).</summary>
    public async Task<Error?> WithdrawAsync(LoanOffer offer, string? comment, CancellationToken ct)
    {
        var organization = await organizations.GetAsync(caller.OrganizationId, ct);
        var now = clock.GetStorableNow();
        if (offer.Withdraw(caller.Reference, comment, organization.TimeZone, now) is { } error)
        {
            return error;
        }
        if (await customers.HoldAsync(offer.Customer.Id, ct) is { } customer)
        {
            var there = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone));
            await notifications.SendAsync(
                Message.WithdrawalReceipt(
                    customer.Email,
                    customer.Id,
                    customer.FullName,
                    offer.Id,
                    there.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)
                ),
                ct
            );
        }
        return null;
    }
}
