using Lending.Loans.Contracts;
using Lending.Portal.Site;
using Microsoft.AspNetCore.Http;

namespace Lending.Portal.Offers;

/// <summary>What a browser keeps of a link to an offer that was opened in it.</summary>
/// <param name="Key">The offer, and the token of the link.</param>
/// <param name="Session">The secret of the session.</param>
internal sealed record OfferVisit(OfferKey Key, string Session)
{
    private const string Kind = "offer";

    /// <summary>What the browser keeps of this offer's link; null where it keeps nothing.</summary>
    public static OfferVisit? Of(HttpContext context, Guid offerId) =>
        LinkVisit.Of(context, Kind, offerId) is { } visit ? new OfferVisit(new OfferKey(offerId, visit.Token), visit.Session) : null;

    /// <summary>Lets the browser keep a link.</summary>
    public static void Begin(HttpContext context, Guid offerId, string token) => LinkVisit.Begin(context, Kind, offerId, token);
}
