using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Lending.Platform.Security;

/// <summary>Publishes the keys that access tokens are signed with (RFC 7517), so that other services can check tokens and nobody can make any.</summary>
internal static class PublishedKeys
{
    /// <summary>Where clients expect it (RFC 8615).</summary>
    public const string Path = "/.well-known/jwks.json";

    public static void MapPublishedKeys(this IEndpointRouteBuilder app) =>
        app.MapGet(
            Path,
            (IOptions<AccessTokenOptions> tokens, HttpContext context) =>
            {
                // Whoever adds a key waits as long before it becomes the active one.
                context.Response.Headers.CacheControl = "public, max-age=300";
                var keys = tokens
                    .Value.CreatePublicKeys()
                    .Values.Select(key => new
                    {
                        key.Kty,
                        key.Use,
                        key.Alg,
                        key.Kid,
                        key.Crv,
                        key.X,
                        key.Y,
                    });
                return TypedResults.Ok(new { Keys = keys.ToList() });
            }
        );
}
