using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Lending.Platform.Security;

/// <summary>
/// Checks access tokens: JSON Web Tokens (RFC 7519) signed with ES256 and nothing else, so that a token cannot choose its algorithm.
/// A check takes some 150 µs, so its result is remembered: by the token's SHA-256, so that the token itself is not kept.
/// </summary>
internal sealed class AccessTokenHandler : JsonWebTokenHandler, IDisposable
{
    private const int MaximumTokenLength = 4096;

    /// <summary>Each takes about two kilobytes. Where there would be more, those that were not used for longest are forgotten.</summary>
    private const int RememberedTokens = 10_000;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaximumLifetime = TimeSpan.FromMinutes(AccessTokenOptions.MaximumLifetimeMinutes);

    private static readonly MemoryCacheEntryOptions OneToken = new() { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(5) };

    private readonly MemoryCache remembered = new(new MemoryCacheOptions { SizeLimit = RememberedTokens });
    private readonly TimeProvider clock;

    public AccessTokenHandler(AccessTokenOptions options, TimeProvider clock)
    {
        this.clock = clock;
        MaximumTokenSizeInBytes = MaximumTokenLength;
        var keys = options.CreatePublicKeys();
        Parameters = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = [JwtConstants.HeaderType],
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            // The header's "kid" chooses the key. Where it names none of ours, no other key is tried.
            IssuerSigningKeyResolver = (_, _, kid, _) => kid is not null && keys.TryGetValue(kid, out var key) ? [key] : [],
            TryAllIssuerSigningKeys = false,
            LifetimeValidator = (notBefore, expires, _, _) => notBefore is { } from && expires is { } to && IsCurrent(from, to),
        };
    }

    /// <summary>What a token has to fulfil.</summary>
    public TokenValidationParameters Parameters { get; }

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (
            remembered.TryGetValue(hash, out TokenValidationResult? known)
            && IsCurrent(known!.SecurityToken.ValidFrom, known.SecurityToken.ValidTo)
        )
        {
            return known;
        }
        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (!result.IsValid)
        {
            return result;
        }
        result = Read((JsonWebToken)result.SecurityToken);
        if (result.IsValid)
        {
            remembered.Set(hash, result, OneToken);
        }
        return result;
    }

    public void Dispose() => remembered.Dispose();

    // Refuses what the library accepts although Lending never writes it: critical headers, several audiences, claims of another form.
    private static TokenValidationResult Read(JsonWebToken token)
    {
        // "crit" names extensions that must be understood (RFC 7515, 4.1.11); we understand none.
        if (token.TryGetHeaderValue<object>("crit", out _) || token.GetPayloadValue<object>(JwtRegisteredClaimNames.Aud) is not string)
        {
            return Refused("The access token has a header or an audience that Lending does not write.");
        }
        try
        {
            return new TokenValidationResult
            {
                IsValid = true,
                ClaimsIdentity = new CallerIdentity(token.Claims),
                SecurityToken = new Lifetime(token.ValidFrom, token.ValidTo),
            };
        }
        catch (Exception malformed) when (malformed is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return Refused(malformed.Message);
        }
    }

    private static TokenValidationResult Refused(string reason) => new() { Exception = new SecurityTokenValidationException(reason) };

    private bool IsCurrent(DateTime notBefore, DateTime expires)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return now >= notBefore - ClockSkew && now < expires && expires - notBefore <= MaximumLifetime;
    }

    /// <summary>All that ASP.NET Core asks of a token that was checked.</summary>
    private sealed class Lifetime(DateTime from, DateTime to) : SecurityToken
    {
        public override DateTime ValidFrom => from;

        public override DateTime ValidTo => to;

        public override string Id => "";

        public override string Issuer => "";

        public override SecurityKey? SecurityKey => null;

        public override SecurityKey? SigningKey { get; set; }
    }
}
