using Lending.Identity.Contracts;
using Lending.Identity.SecondFactors;
using Lending.Identity.Terms;
using Lending.Identity.Users;
using Lending.Platform.Security;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Lending.Identity.Authentication;

/// <summary>Writes the access tokens of users; Platform checks them.</summary>
internal sealed class AccessTokenIssuer(
    IOptions<AccessTokenOptions> options,
    IOptions<SecondFactorOptions> secondFactors,
    RolePermissions permissions,
    TimeProvider clock
)
{
    private static readonly string[] OwnAccountOnly = [IdentityPermission.OwnAccount];

    private readonly JsonWebTokenHandler handler = new();
    private readonly SigningCredentials credentials = options.Value.CreateSigningCredentials();

    /// <summary>How long a new token works.</summary>
    public TimeSpan Lifetime => TimeSpan.FromMinutes(options.Value.LifetimeMinutes);

    /// <summary>Whether the user has to set a second factor up before they may do what their role permits.</summary>
    public bool MissesSecondFactor(User user) => !user.TwoFactorEnabled && secondFactors.Value.Requires(user.Role);

    /// <summary>A signed token that works from now on for <see cref="Lifetime"/>.</summary>
    /// <param name="user">Whose token it is.</param>
    /// <param name="sessionId">The session that it belongs to.</param>
    /// <param name="provedAt">When the user gave their second factor or, without one, logged in; null for never.</param>
    /// <param name="terms">Whether the user has to accept something first; like a missing second factor, it permits the own account alone.</param>
    public string Create(User user, Guid sessionId, DateTimeOffset? provedAt, TermsStanding terms)
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
            [AccessTokenClaims.Permissions] = MissesSecondFactor(user) || terms.Missing ? OwnAccountOnly : permissions.Of(user),
            [AccessTokenClaims.ProvedAt] = provedAt?.ToUnixTimeSeconds() ?? 0,
        };
        if (user.TwoFactorEnabled)
        {
            claims[AccessTokenClaims.SecondFactor] = true;
        }
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
