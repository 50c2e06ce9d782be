using System.Buffers.Text;
using Lending.Loans.Contracts;
using Lending.Platform.Security;
using Lending.Portal.Site;
using Microsoft.AspNetCore.Http;

namespace Lending.Portal.Offers;

/// <summary>What a browser keeps of a link that was opened in it: its token, and a secret of this session, to which codes are bound.</summary>
/// <param name="Key">The offer, and the token of the link.</param>
/// <param name="Session">The secret.</param>
internal sealed record OfferVisit(OfferKey Key, string Session)
{
    private const char Separator = '.';

    /// <summary>What the browser keeps of this offer's link; null where it keeps nothing.</summary>
    public static OfferVisit? Of(HttpContext context, Guid offerId) =>
        context.Request.Cookies[NameOf(offerId)]?.Split(Separator) is [var token, var session] && IsSecret(token) && IsSecret(session)
            ? new OfferVisit(new OfferKey(offerId, token), session)
            : null;

    /// <summary>Lets the browser keep a link. Who opens the same again stays in their session, so that a code still fits.</summary>
    public static void Begin(HttpContext context, Guid offerId, string token)
    {
        if (IsSecret(token) && Of(context, offerId)?.Key.Token != token)
        {
            OwnCookie.Set(context, NameOf(offerId), $"{token}{Separator}{Secret.New()}");
        }
    }

    private static string NameOf(Guid offerId) => $"__Host-offer-{offerId:N}";

    private static bool IsSecret(string text) => text.Length == Secret.Length && Base64Url.IsValid(text);
}
