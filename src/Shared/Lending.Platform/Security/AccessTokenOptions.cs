using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Lending.Platform.Security;

/// <summary>Settings of access tokens; configuration section <c>Jwt</c>.</summary>
public sealed class AccessTokenOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Jwt";

    private const string WhatAKeyIs =
        "a private key of P-256 in base64, as written by: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 | openssl pkcs8 -topk8 -nocrypt -outform DER | base64 -w 0";

    /// <summary>The longest time for which an access token may work, in minutes: a day. Revocations are not remembered for much longer.</summary>
    public const int MaximumLifetimeMinutes = 1440;

    /// <summary>Who issues the tokens.</summary>
    [Required]
    public string Issuer { get; set; } = "lending";

    /// <summary>Whom the tokens are for.</summary>
    [Required]
    public string Audience { get; set; } = "lending-api";

    /// <summary>How long an access token works, in minutes: 1 to 1440.</summary>
    [Range(1, MaximumLifetimeMinutes)]
    public int LifetimeMinutes { get; set; } = 60;

    /// <summary>
    /// Private keys by key id: P-256, PKCS #8, base64. A new key is added, made the active one when everybody who checks tokens knows it, and the old one
    /// removed after a token's lifetime. Empty in Development: a random key for this process.
    /// </summary>
    public Dictionary<string, string> SigningKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>The id of the key that signs new tokens. May be left out where there is one key.</summary>
    public string? ActiveSigningKey { get; set; }

    /// <summary>A new private key, as it stands in <see cref="SigningKeys"/>.</summary>
    public static string NewSigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    /// <summary>What new tokens are signed with: ES256 (RFC 7518, 3.4) and the active key.</summary>
    public SigningCredentials CreateSigningCredentials()
    {
        var id = ActiveSigningKey ?? SigningKeys.Keys.Single();
        return new(KeyOf(id, SigningKeys[id], isPrivate: true), SecurityAlgorithms.EcdsaSha256);
    }

    /// <summary>The public halves of the keys, by their ids.</summary>
    public Dictionary<string, JsonWebKey> CreatePublicKeys() =>
        SigningKeys.ToDictionary(key => key.Key, key => KeyOf(key.Key, key.Value, isPrivate: false), StringComparer.Ordinal);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SigningKeys.Count == 0)
        {
            yield return new($"{Section}__SigningKeys__<id> is missing: {WhatAKeyIs}.");
        }
        foreach (var id in SigningKeys.Where(key => !IsSigningKey(key.Value)).Select(key => key.Key))
        {
            yield return new($"{Section}__SigningKeys__{id} must be {WhatAKeyIs}.");
        }
        if (ActiveSigningKey is null ? SigningKeys.Count > 1 : !SigningKeys.ContainsKey(ActiveSigningKey))
        {
            yield return new($"{Section}__ActiveSigningKey must be one of the ids in {Section}__SigningKeys.");
        }
    }

    private static bool IsSigningKey(string text)
    {
        try
        {
            return ParametersOf(text).Curve is { IsNamed: true } curve && curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private static ECParameters ParametersOf(string text)
    {
        using var key = ECDsa.Create();
        var bytes = Convert.FromBase64String(text);
        key.ImportPkcs8PrivateKey(bytes, out var read);
        if (read != bytes.Length)
        {
            throw new FormatException("Something follows the key.");
        }
        return key.ExportParameters(includePrivateParameters: true);
    }

    private static JsonWebKey KeyOf(string id, string text, bool isPrivate)
    {
        var key = ParametersOf(text);
        return new JsonWebKey
        {
            Kid = id,
            Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            Crv = JsonWebKeyECTypes.P256,
            Alg = SecurityAlgorithms.EcdsaSha256,
            Use = JsonWebKeyUseNames.Sig,
            X = Base64UrlEncoder.Encode(key.Q.X),
            Y = Base64UrlEncoder.Encode(key.Q.Y),
            D = isPrivate ? Base64UrlEncoder.Encode(key.D) : null,
        };
    }
}
