using Lending.Notifications.Contracts;
using Lending.Platform.Http;
using Lending.Portal.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lending.Portal.Site;

/// <summary>
/// The page behind the link by which mails are switched off. Reading changes nothing; a POST does, from the page or from a mail program by itself (RFC 8058), which has
/// no cookie and no form of ours: the token is what counts.
/// </summary>
internal static class UnsubscribePages
{
    private const string Path = "/unsubscribe";
    private const string TokenName = "token";
    private const string Cookie = "__Host-unsubscribe";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).AddEndpointFilter(Page.FilterAsync).RequireRateLimiting(RateLimits.Authentication);
        pages.MapPost(Path, SwitchOffAsync).WithMetadata(new QueryWithPost()).RequireRateLimiting(RateLimits.Authentication);
    }

    private static IResult Show(HttpContext context, IUnsubscriptions unsubscriptions)
    {
        // As with offers, the token leaves the address at once.
        if (context.Request.Query[TokenName] is [{ } told])
        {
            if (unsubscriptions.TopicOf(told) is null)
            {
                return Page.LinkInvalid(context);
            }
            OwnCookie.Set(context, Cookie, told);
            return Page.SeeOther(context, Path);
        }
        return context.Request.Cookies[Cookie] is { } token && unsubscriptions.TopicOf(token) is { } topic
            ? Page.Of<UnsubscribePage>(context, StatusCodes.Status200OK, ("Topic", topic), ("Token", token))
            : Page.LinkInvalid(context);
    }

    private static async Task<IResult> SwitchOffAsync(HttpContext context, IUnsubscriptions unsubscriptions, CancellationToken ct)
    {
        var token = context.Request.Query[TokenName] is [{ } told] ? told : await ReadFormAsync(context, ct);
        return token is not null && await unsubscriptions.SwitchOffAsync(token, ct)
            ? Page.Of<UnsubscribePage>(context, StatusCodes.Status200OK, ("Topic", unsubscriptions.TopicOf(token)), ("IsDone", true))
            : Page.LinkInvalid(context);
    }

    private static async Task<string?> ReadFormAsync(HttpContext context, CancellationToken ct)
    {
        try
        {
            return context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(ct))[TokenName].ToString() : null;
        }
        catch (InvalidDataException)
        {
            // A form that cannot be read has no token.
            return null;
        }
    }
}
