using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>Who may speak for the customer of an offer: their own account, or whoever holds the link that was sent to them.</summary>
internal sealed class CustomerVoice(
    LoansDbContext db,
    ICustomerDirectory customers,
    Transactions transactions,
    Caller caller,
    SandboxClocks clocks,
    OrganizationClock clock
)
{
    private OfferLink? link;

    /// <summary>Whether it is a link that speaks.</summary>
    public bool IsLink => link is not null;

    /// <summary>The link that was opened.</summary>
    public OfferLink Link => link ?? throw new InvalidOperationException("No link was opened.");

    /// <summary>Why the caller may not speak for the customer, or null; with a link, the caller acts for the customer from here on.</summary>
    public async Task<Error?> FindRefusalAsync(Guid offerId, string? linkToken, CancellationToken ct)
    {
        if (linkToken is not null)
        {
            return await FindLinkAsync(offerId, linkToken, mayBeAnswered: false, ct) is null ? OfferErrors.LinkInvalid : null;
        }
        if (caller.May(LoansPermission.OffersAccept))
        {
            return null;
        }
        return caller.UserId == Guid.Empty ? OfferErrors.Unauthenticated : OfferErrors.NotTheCustomer;
    }

    /// <summary>
    /// Uses the link up where it is one that speaks, or tells why it does not speak any more. To be asked while the offer is locked: whoever revokes
    /// or replaces the link waits for that lock.
    /// </summary>
    public async Task<Error?> UseLinkAsync(LoanOffer offer, CancellationToken ct)
    {
        if (link is null)
        {
            return null;
        }
        await db.Entry(link).ReloadAsync(ct);
        var now = clock.GetStorableNow();
        if (!link.Works(offer, await FindEmailAsync(offer.Customer.Id, ct), now))
        {
            return OfferErrors.LinkInvalid;
        }
        link.Use(now);
        return null;
    }

    /// <summary>
    /// Tells why the link does not speak any more for an offer that was answered with it, or null. To be asked while the offer is locked.
    /// </summary>
    public async Task<Error?> FindObstacleToAnsweredLinkAsync(LoanOffer offer, CancellationToken ct)
    {
        await db.Entry(Link).ReloadAsync(ct);
        return Link.RevokedAt is null && await FindEmailAsync(offer.Customer.Id, ct) == Link.Email ? null : OfferErrors.LinkInvalid;
    }

    /// <summary>Lets the caller act for the customer whom this link to this offer was sent to, as long as it works; else answers false.</summary>
    /// <param name="offerId">The offer.</param>
    /// <param name="token">The token of the link.</param>
    /// <param name="mayBeAnswered">Whether an offer that was answered with the link is still shown: as long as the customer can withdraw.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    public async Task<bool> TryOpenLinkAsync(Guid offerId, string token, bool mayBeAnswered, CancellationToken ct)
    {
        if (await FindLinkAsync(offerId, token, mayBeAnswered, ct) is not { } customerId)
        {
            return false;
        }
        await using var transaction = await transactions.BeginAsync(ct);
        return await FindEmailAsync(customerId, ct) == link!.Email;
    }

    /// <summary>The customer of the offer, for whom the caller acts from here on; null where the link does not work.</summary>
    private async Task<Guid?> FindLinkAsync(Guid offerId, string token, bool mayBeAnswered, CancellationToken ct)
    {
        var hash = Secret.Hash(token);
        var found = await db
            .OfferLinks.OfEveryOrganization()
            .Where(row => row.OfferId == offerId && row.TokenHash == hash && row.RevokedAt == null)
            .Where(row => (row.UsedAt == null && row.Offer.Status == OfferStatus.Approved) || (mayBeAnswered && row.UsedAt != null))
            .Select(row => new
            {
                Link = row,
                CustomerId = row.Offer.Customer.Id,
                EndsAt = row.UsedAt == null ? row.ExpiresAt : row.Offer.WithdrawalEndsAt ?? row.ExpiresAt,
            })
            .SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }
        // Nobody's time is the real one; what counts is that of the offer's organisation.
        await clocks.FollowAsync(found.Link.OrganizationId, ct);
        if (found.EndsAt <= clocks.NowIn(found.Link.OrganizationId))
        {
            return null;
        }
        link = found.Link;
        caller.ActFor(link.OrganizationId, OfferLink.Bearer, found.CustomerId);
        return found.CustomerId;
    }

    private async Task<string?> FindEmailAsync(Guid customerId, CancellationToken ct) => (await customers.HoldAsync(customerId, ct))?.Email;
}
