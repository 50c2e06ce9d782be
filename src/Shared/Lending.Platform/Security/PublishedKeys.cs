using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lending.Platform.Security;

/// <summary>Publishes the keys that access tokens are signed with (RFC 7517), so that other services can check tokens and nobody can make any.</summary>
public static class PublishedKeys
{
    /// <summary>Where clients expect it (RFC 8615).</summary>
    public const string Path = "/.well-known/jwks.json";

    internal static void MapPublishedKeys(this IEndpointRouteBuilder app)
    {
        // Not before it is asked for: a wrong key is reported by the start, and verbs need none.
        var keys = new Lazy<object>(() =>
            new
            {
                Keys = app
                    .ServiceProvider.GetRequiredService<IOptions<AccessTokenOptions>>()
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
                    })
                    .ToList(),
            }
        );
        app.MapGet(
            Path,
            (HttpContext context) =>
            {
                // Whoever adds a key waits as long before it becomes the active one.
                context.Response.Headers.CacheControl = "public, max-age=300";
                return TypedResults.Ok(keys.Value);
            }
        );
    }
}
