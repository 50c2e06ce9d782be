using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Notifications.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>
/// Codes that are mailed to the customer of a link that was opened. A link can be forwarded; who gives a code, in the session that asked for it, reads the
/// customer's mail at this moment.
/// </summary>
internal sealed class LinkCodes(
    LoansDbContext db,
    CustomerVoice voice,
    OfferSteps steps,
    ICustomerDirectory customers,
    INotifications notifications,
    Transactions transactions,
    OrganizationClock clock
)
{
    /// <summary>Mails a new code; the one before stops working.</summary>
    public async Task<Error?> SendAsync(Guid offerId, string session, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        var link = await LockLinkAsync(offerId, ct);
        var customer = await customers.HoldAsync(await CustomerOfAsync(offerId, ct), ct);
        if (customer is null || customer.Email != link.Email)
        {
            return OfferErrors.LinkInvalid;
        }
        var code = MailedLink.NewCode();
        if (link.SetCode(session, code, clock.GetStorableNow()) is { } error)
        {
            return error;
        }
        await db.SaveChangesAsync(ct);
        await notifications.SendAsync(
            Message.OfferCode(customer.Email, customer.Id, customer.FullName, code, link.CodeExpiresAt!.Value),
            ct
        );
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>Why this code does not speak for the customer, or null. The try counts, whatever comes of it: it is committed by itself.</summary>
    public async Task<Error?> TryAsync(Guid offerId, string session, string code, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        var link = await LockLinkAsync(offerId, ct);
        var error = link.TryCode(session, code, clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return error;
    }

    // Tries wait for each other under the offer's lock, or more of them would count as one.
    private async Task<OfferLink> LockLinkAsync(Guid offerId, CancellationToken ct)
    {
        await steps.LockAsync(offerId, ct);
        await db.Entry(voice.Link).ReloadAsync(ct);
        return voice.Link;
    }

    private Task<Guid> CustomerOfAsync(Guid offerId, CancellationToken ct) =>
        db.Offers.Where(offer => offer.Id == offerId).Select(offer => offer.Customer.Id).SingleAsync(ct);
}
