using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Lending.Platform.Security;

/// <summary>
/// Writes and checks access tokens: JSON Web Tokens (RFC 7519) signed with HMAC SHA-256 and nothing else, so that a token cannot choose
/// its algorithm.
/// </summary>
public sealed class AccessTokens
{
    internal const int MaximumTokenLength = 4096;

    // Each takes about two kilobytes.
    private const int RememberedTokens = 10_000;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private readonly AccessTokenOptions options;
    private readonly TimeProvider clock;
    private readonly Dictionary<string, byte[]> keys;
    private readonly string activeKeyId;
    private readonly ValidTokens validTokens = new(RememberedTokens);

    /// <summary>Reads the keys once.</summary>
    public AccessTokens(IOptions<AccessTokenOptions> options, TimeProvider clock)
    {
        this.options = options.Value;
        this.clock = clock;
        keys = this.options.SigningKeys.ToDictionary(key => key.Key, key => Encoding.UTF8.GetBytes(key.Value), StringComparer.Ordinal);
        activeKeyId = this.options.ActiveSigningKey ?? keys.Keys.Single();
    }

    /// <summary>How long a new token works.</summary>
    public TimeSpan Lifetime => TimeSpan.FromMinutes(options.LifetimeMinutes);

    /// <summary>Writes a signed token that works from now on for <see cref="Lifetime"/>.</summary>
    public string Create(AccessTokenSubject subject)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var header = Encode(writer =>
        {
            writer.WriteString("alg", "HS256");
            writer.WriteString("typ", "JWT");
            writer.WriteString("kid", activeKeyId);
        });
        var payload = Encode(writer =>
        {
            writer.WriteString("iss", options.Issuer);
            writer.WriteString("aud", options.Audience);
            writer.WriteNumber("iat", now);
            writer.WriteNumber("nbf", now);
            writer.WriteNumber("exp", now + (long)Lifetime.TotalSeconds);
            writer.WriteString(AccessTokenClaims.Subject, subject.UserId);
            writer.WriteString(AccessTokenClaims.Username, subject.Username);
            writer.WriteString(AccessTokenClaims.Organization, subject.OrganizationId);
            writer.WriteString(AccessTokenClaims.Role, subject.Role);
            if (subject.CustomerId is { } customerId)
            {
                writer.WriteString(AccessTokenClaims.Customer, customerId);
            }
            writer.WriteNumber(AccessTokenClaims.AccessVersion, subject.AccessVersion);
            writer.WriteStartArray(AccessTokenClaims.Permissions);
            foreach (var permission in subject.Permissions)
            {
                writer.WriteStringValue(permission);
            }
            writer.WriteEndArray();
        });
        var signed = $"{header}.{payload}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(keys[activeKeyId], Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The token's claims, or null when anything about it is wrong. What cannot change is checked once for each token.</summary>
    public AccessTokenIdentity? Validate(ReadOnlySpan<char> token)
    {
        if (token.Length > MaximumTokenLength)
        {
            return null;
        }
        var hash = ValidTokens.Hash(token);
        var identity = validTokens.Find(hash);
        if (identity is null && (identity = Read(token.ToString())) is not null)
        {
            validTokens.Add(hash, identity);
        }
        return identity is not null && IsCurrent(identity) ? identity : null;
    }

    private AccessTokenIdentity? Read(string token)
    {
        if (token.Split('.') is not [var header, var payload, var signature])
        {
            return null;
        }
        try
        {
            return IsSigned(header, payload, signature) ? ReadClaims(payload) : null;
        }
        catch (Exception malformed)
            when (malformed is FormatException or JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            return null;
        }
    }

    private bool IsSigned(string header, string payload, string signature)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
        var root = document.RootElement;
        // "crit" names extensions that must be understood (RFC 7515, 4.1.11); we understand none.
        if (root.GetProperty("alg").GetString() != "HS256" || root.TryGetProperty("crit", out _))
        {
            return false;
        }
        return keys.TryGetValue(root.GetProperty("kid").GetString()!, out var key)
            && CryptographicOperations.FixedTimeEquals(
                HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"{header}.{payload}")),
                Base64Url.DecodeFromChars(signature)
            );
    }

    private bool IsCurrent(AccessTokenIdentity identity)
    {
        var now = clock.GetUtcNow();
        return now >= identity.NotBefore - ClockSkew && now < identity.ExpiresAt;
    }

    private AccessTokenIdentity? ReadClaims(string payload)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
        var root = document.RootElement;
        if (root.GetProperty("iss").GetString() != options.Issuer || root.GetProperty("aud").GetString() != options.Audience)
        {
            return null;
        }
        var claims = new List<Claim>();
        foreach (var member in root.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Array)
            {
                claims.AddRange(member.Value.EnumerateArray().Select(item => new Claim(member.Name, item.GetString()!)));
            }
            else
            {
                claims.Add(new Claim(member.Name, member.Value.ToString()));
            }
        }
        return new AccessTokenIdentity(
            claims,
            DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("nbf").GetInt64()),
            DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("exp").GetInt64())
        );
    }

    private static string Encode(Action<Utf8JsonWriter> writeMembers)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        return Base64Url.EncodeToString(stream.ToArray());
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
);
