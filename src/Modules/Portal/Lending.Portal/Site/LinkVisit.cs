using System.Buffers.Text;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;

namespace Lending.Portal.Site;

/// <summary>What a browser keeps of a link that was opened in it: its token, and a secret of this session, to which codes are bound.</summary>
/// <param name="Token">The token of the link.</param>
/// <param name="Session">The secret.</param>
internal sealed record LinkVisit(string Token, string Session)
{
    private const char Separator = '.';

    /// <summary>What the browser keeps of this link; null where it keeps nothing.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">What the link leads to.</param>
    /// <param name="id">Which one.</param>
    public static LinkVisit? Of(HttpContext context, string kind, Guid id) =>
        context.Request.Cookies[NameOf(kind, id)]?.Split(Separator) is [var token, var session] && IsSecret(token) && IsSecret(session)
            ? new LinkVisit(token, session)
            : null;

    /// <summary>Lets the browser keep a link. Who opens the same again stays in their session, so that a code still fits.</summary>
    public static void Begin(HttpContext context, string kind, Guid id, string token)
    {
        if (IsSecret(token) && Of(context, kind, id)?.Token != token)
        {
            OwnCookie.Set(context, NameOf(kind, id), $"{token}{Separator}{Secret.New()}");
        }
    }

    private static string NameOf(string kind, Guid id) => $"__Host-{kind}-{id:N}";

    private static bool IsSecret(string text) => text.Length == Secret.Length && Base64Url.IsValid(text);
}
