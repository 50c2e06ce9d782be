using Lending.Platform.Security;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Lending.Testing;

/// <summary>Access tokens of made-up users, as the Identity module would issue them.</summary>
public static class AccessTokens
{
    /// <summary>A token that works from now on, signed with the options' key.</summary>
    public static string Create(AccessTokenOptions options, TimeProvider clock, AccessTokenSubject subject)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [AccessTokenClaims.Subject] = subject.UserId.ToString(),
            [AccessTokenClaims.Session] = subject.SessionId.ToString(),
            [AccessTokenClaims.Username] = subject.Username,
            [AccessTokenClaims.Organization] = subject.OrganizationId.ToString(),
            [AccessTokenClaims.Role] = subject.Role,
            [AccessTokenClaims.AccessVersion] = subject.AccessVersion,
            [AccessTokenClaims.Permissions] = subject.Permissions,
            [AccessTokenClaims.ProvedAt] = (subject.ProvedAt ?? clock.GetUtcNow()).ToUnixTimeSeconds(),
        };
        if (subject.HasSecondFactor)
        {
            claims[AccessTokenClaims.SecondFactor] = true;
        }
        if (subject.CustomerId is { } customerId)
        {
            claims[AccessTokenClaims.Customer] = customerId.ToString();
        }
        return new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = options.Issuer,
                Audience = options.Audience,
                IssuedAt = now,
                NotBefore = now,
                Expires = now.AddMinutes(options.LifetimeMinutes),
                Claims = claims,
                SigningCredentials = options.CreateSigningCredentials(),
            }
        );
    }
}

/// <summary>What an access token says of its user.</summary>
public sealed record AccessTokenSubject(
    Guid UserId,
    string Username,
    Guid OrganizationId,
    string Role,
    Guid? CustomerId,
    int AccessVersion,
    IReadOnlyCollection<string> Permissions
)
{
    /// <summary>The session; one of its own, where a test does not say which.</summary>
    public Guid SessionId { get; init; } = Unique.Id();

    /// <summary>Whether the user has a second factor.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>When the user proved last who they are; just now, where a test does not say.</summary>
    public DateTimeOffset? ProvedAt { get; init; }
}
