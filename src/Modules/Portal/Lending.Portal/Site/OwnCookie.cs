using Microsoft.AspNetCore.Http;

namespace Lending.Portal.Site;

/// <summary>
/// A cookie with the prefix <c>__Host-</c>: only this host can set and read it, only over TLS (or on this machine), and no script. Who comes from a mail
/// comes from another site, so it cannot be Strict.
/// </summary>
internal sealed class OwnCookie : CookieBuilder
{
    private static readonly CookieOptions Options = new()
    {
        Path = "/",
        Secure = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
    };

    /// <inheritdoc />
    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom) => new(Options);

    /// <summary>Lets the browser keep a value until it is closed.</summary>
    public static void Set(HttpContext context, string name, string value) => context.Response.Cookies.Append(name, value, Options);
}
