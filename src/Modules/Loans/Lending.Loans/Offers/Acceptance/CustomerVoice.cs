using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>Who may speak for the customer of an offer: their own account, or whoever holds the link that was sent to them.</summary>
internal sealed class CustomerVoice(LoansDbContext db, Caller caller, TimeProvider clock)
{
    /// <summary>One answer for every link that does not work, so that nobody learns why.</summary>
    public static Problem LinkInvalid =>
        Problem.Of(StatusCodes.Status404NotFound, "link-invalid", "This link does not work (any more). Ask for a new one.");

    /// <summary>The link that speaks, where one does.</summary>
    public OfferLink? Link { get; private set; }

    /// <summary>Why the caller may not speak for the customer, or null; with a link, the caller acts for the customer from here on.</summary>
    public async Task<Problem?> FindRefusalAsync(Guid offerId, string? linkToken, CancellationToken ct)
    {
        if (linkToken is not null)
        {
            return await TryUseLinkAsync(offerId, linkToken, ct) ? null : LinkInvalid;
        }
        if (caller.May(LoansPermission.OffersAccept))
        {
            return null;
        }
        return Problem.From(caller.UserId == Guid.Empty ? OfferErrors.Unauthenticated : OfferErrors.NotTheCustomer);
    }

    /// <summary>Lets the caller act for the customer whom this link to this offer was sent to, as long as it works.</summary>
    public async Task<bool> TryUseLinkAsync(Guid offerId, string token, CancellationToken ct)
    {
        var hash = Secret.Hash(token);
        var now = clock.GetStorableNow();
        var found = await db
            .OfferLinks.IgnoreQueryFilters()
            .Where(link =>
                link.OfferId == offerId && link.TokenHash == hash && link.UsedAt == null && link.RevokedAt == null && link.ExpiresAt > now
            )
            .Select(link => new { Link = link, CustomerId = link.Offer.Customer.Id })
            .SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return false;
        }
        Link = found.Link;
        caller.ActFor(Link.OrganizationId, OfferLink.Bearer, found.CustomerId);
        return true;
    }
}
