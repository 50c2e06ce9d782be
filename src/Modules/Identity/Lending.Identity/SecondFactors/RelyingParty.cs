using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;

namespace Lending.Identity.SecondFactors;

/// <summary>For whom passkeys are made: the host and origin of the setting <c>PublicUrl</c>, never those of a request, whose Host header anybody may write.</summary>
internal static class RelyingParty
{
    /// <summary>The setting.</summary>
    public const string PublicUrl = "PublicUrl";

    // Nobody's name (RFC 2606): where the setting is missing, no browser makes or shows a passkey.
    private const string Nobody = "public-url-is-not-set.invalid";

    /// <summary>Configures ASP.NET Core Identity's passkeys.</summary>
    public static void Configure(IdentityPasskeyOptions options, IConfiguration configuration, bool isDevelopment)
    {
        var origin =
            configuration[PublicUrl] is { Length: > 0 } set ? OriginOf(set)
            : isDevelopment ? new Uri("http://localhost:5080")
            : null;
        options.ServerDomain = origin?.Host ?? Nobody;
        options.UserVerificationRequirement = "required";
        options.ValidateOrigin = context =>
            ValueTask.FromResult(!context.CrossOrigin && origin is not null && context.Origin == origin.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>Whether the setting can be read, where there is one.</summary>
    public static bool IsRight(IConfiguration configuration) =>
        configuration[PublicUrl] is not { Length: > 0 } set || OriginOf(set) is not null;

    private static Uri? OriginOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") ? uri : null;
}
