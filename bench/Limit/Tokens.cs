using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Lending.Bench.Limit;

/// <summary>What the limit app takes from an access token.</summary>
internal sealed record AccessToken(Guid UserId, string Username, Guid OrganizationId, string[] Permissions, long ExpiresAt);

/// <summary>
/// Checks ES256 tokens as the product does: signature, algorithm, issuer, audience, time; no revocation. A token that was checked is known by
/// its text until it expires.
/// </summary>
internal sealed class Tokens(IConfigurationSection settings, TimeProvider clock)
{
    private const int MaximumKnown = 1000;

    private readonly Dictionary<string, ECDsa> keys = settings
        .GetSection("SigningKeys")
        .GetChildren()
        .ToDictionary(key => key.Key, key => KeyOf(key.Value!));

    private readonly ConcurrentDictionary<string, AccessToken> known = new(StringComparer.Ordinal);

    public AccessToken? Read(string header)
    {
        if (!known.TryGetValue(header, out var token))
        {
            if (!header.StartsWith("Bearer ", StringComparison.Ordinal) || Check(header["Bearer ".Length..]) is not { } valid)
            {
                return null;
            }
            token = valid;
            if (known.Count < MaximumKnown)
            {
                known[header] = token;
            }
        }
        return clock.GetUtcNow().ToUnixTimeSeconds() < token.ExpiresAt ? token : null;
    }

    private AccessToken? Check(string text)
    {
        if (text.Split('.') is not [var header, var payload, var signature])
        {
            return null;
        }
        using var head = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
        if (
            head.RootElement.GetProperty("alg").GetString() != "ES256"
            || !keys.TryGetValue(head.RootElement.GetProperty("kid").GetString()!, out var key)
            || !key.VerifyData(
                Encoding.ASCII.GetBytes($"{header}.{payload}"),
                Base64Url.DecodeFromChars(signature),
                HashAlgorithmName.SHA256
            )
        )
        {
            return null;
        }
        using var body = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
        var claims = body.RootElement;
        return claims.GetProperty("iss").GetString() == "lending" && claims.GetProperty("aud").GetString() == "lending-api"
            ? new AccessToken(
                claims.GetProperty("sub").GetGuid(),
                claims.GetProperty("preferred_username").GetString()!,
                claims.GetProperty("org").GetGuid(),
                [.. claims.GetProperty("permissions").EnumerateArray().Select(permission => permission.GetString()!)],
                claims.GetProperty("exp").GetInt64()
            )
            : null;
    }

    private static ECDsa KeyOf(string text)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(text), out _);
        return key;
    }
}
