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
/// Codes that are mailed to the customer of an offer, who is logged in or has opened a link. A link can be forwarded, and a computer left alone; who gives a
/// code, in the session that asked for it, reads the customer's mail at this moment.
/// </summary>
internal sealed class MailedCodes(
    LoansDbContext db,
    CustomerVoice voice,
    OfferSteps steps,
    ICustomerDirectory customers,
    INotifications notifications,
    Transactions transactions,
    OrganizationClock clock
)
{
    /// <summary>A code that is on its way.</summary>
    internal sealed record Sent(string Digits, DateTimeOffset ExpiresAt);

    /// <summary>Mails a new code; the one before stops working.</summary>
    public async Task<(Sent? Code, Error? Error)> SendAsync(Guid offerId, string session, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        await steps.LockAsync(offerId, ct);
        if (await db.Offers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == offerId, ct) is not { } offer)
        {
            return (null, Error.NoSuchThing);
        }
        var now = clock.GetStorableNow();
        // With an account, a code serves for nothing but accepting; with a link, for withdrawing, too.
        if (!voice.IsLink && offer.FindObstacleToAnswer(OfferStatus.Accepted, now) is { } obstacle)
        {
            return (null, obstacle);
        }
        var customer = await customers.HoldAsync(offer.Customer.Id, ct);
        if (customer is null || (voice.IsLink && customer.Email != voice.Link.Email))
        {
            return (null, OfferErrors.LinkInvalid);
        }
        var holder = await FindHolderAsync(offerId, ct) ?? db.Add(new AccountCode(offerId)).Entity;
        var code = MailedCode.NewCode();
        if (holder.SetCode(session, code, now) is { } error)
        {
            return (null, error);
        }
        await db.SaveChangesAsync(ct);
        var sent = new Sent(code, holder.CodeExpiresAt!.Value);
        await notifications.SendAsync(Message.OfferCode(customer.Email, customer.Id, customer.FullName, code, sent.ExpiresAt), ct);
        await transaction.CommitAsync(ct);
        return (sent, null);
    }

    /// <summary>The code that speaks for the customer, or why this one does not. The try counts, whatever comes of it: it is committed by itself.</summary>
    public async Task<(GivenCode? Code, Error? Error)> TryAsync(Guid offerId, string session, string code, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        // Tries wait for each other under the offer's lock, or more of them would count as one.
        await steps.LockAsync(offerId, ct);
        if (await FindHolderAsync(offerId, ct) is not { } holder)
        {
            return (null, MailedCode.CodeExpired);
        }
        var now = clock.GetStorableNow();
        var error = holder.TryCode(session, code, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return error is null
            ? (new GivenCode(CodeChannel.Email, holder.CodeSentAt!.Value, now, Secret.Hash(session)), null)
            : (null, error);
    }

    // To be asked while the offer is locked.
    private async Task<MailedCode?> FindHolderAsync(Guid offerId, CancellationToken ct)
    {
        if (!voice.IsLink)
        {
            return await db.AccountCodes.SingleOrDefaultAsync(code => code.OfferId == offerId, ct);
        }
        await db.Entry(voice.Link).ReloadAsync(ct);
        return voice.Link;
    }
}
