using Lending.Identity.Users;
using Lending.Platform.Security;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Lending.Identity.Authentication;

/// <summary>Writes the access tokens of users; Platform checks them.</summary>
internal sealed class AccessTokenIssuer(IOptions<AccessTokenOptions> options, RolePermissions permissions, TimeProvider clock)
{
    private readonly JsonWebTokenHandler handler = new();
    private readonly SigningCredentials credentials = options.Value.CreateSigningCredentials();

    /// <summary>How long a new token works.</summary>
    public TimeSpan Lifetime => TimeSpan.FromMinutes(options.Value.LifetimeMinutes);

    /// <summary>A signed token that works from now on for <see cref="Lifetime"/>.</summary>
    public string Create(User user, Guid sessionId)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [AccessTokenClaims.Subject] = user.Id.ToString(),
            [AccessTokenClaims.Session] = sessionId.ToString(),
            [AccessTokenClaims.Username] = user.UserName!,
            [AccessTokenClaims.Organization] = user.OrganizationId.ToString(),
            [AccessTokenClaims.Role] = user.Role.ToString().ToUpperInvariant(),
            [AccessTokenClaims.AccessVersion] = user.AccessVersion,
            [AccessTokenClaims.Permissions] = permissions.Of(user),
        };
        if (user.CustomerId is { } customerId)
        {
            claims[AccessTokenClaims.Customer] = customerId.ToString();
        }
        return handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = options.Value.Issuer,
                Audience = options.Value.Audience,
                IssuedAt = now,
                NotBefore = now,
                Expires = now + Lifetime,
                Claims = claims,
                SigningCredentials = credentials,
            }
        );
    }
}
