using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Lending.Platform.Security;

/// <summary>Settings of access tokens; configuration section <c>Jwt</c>.</summary>
public sealed class AccessTokenOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Jwt";

    /// <summary>The shortest secret that HS256 allows (RFC 7518, 3.2), in bytes.</summary>
    public const int MinimumSecretBytes = 32;

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
    /// Secrets by key id. A new key is added, made the active one, and the old one removed after a token's lifetime.
    /// Empty in Development: a random key for this process.
    /// </summary>
    public Dictionary<string, string> SigningKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>The id of the key that signs new tokens. May be left out where there is one key.</summary>
    public string? ActiveSigningKey { get; set; }

    /// <summary>What new tokens are signed with: HMAC SHA-256 and the active key.</summary>
    public SigningCredentials CreateSigningCredentials() =>
        new(CreateKeys()[ActiveSigningKey ?? SigningKeys.Keys.Single()], SecurityAlgorithms.HmacSha256);

    /// <summary>The keys by their ids.</summary>
    internal Dictionary<string, SecurityKey> CreateKeys() =>
        SigningKeys.ToDictionary(
            key => key.Key,
            SecurityKey (key) => new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key.Value)) { KeyId = key.Key },
            StringComparer.Ordinal
        );

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SigningKeys.Count == 0)
        {
            yield return new($"{Section}__SigningKeys__<id> is missing: give a secret of at least {MinimumSecretBytes} bytes.");
        }
        foreach (var id in SigningKeys.Where(key => Encoding.UTF8.GetByteCount(key.Value) < MinimumSecretBytes).Select(key => key.Key))
        {
            yield return new($"{Section}__SigningKeys__{id} is too short: at least {MinimumSecretBytes} bytes.");
        }
        if (ActiveSigningKey is null ? SigningKeys.Count > 1 : !SigningKeys.ContainsKey(ActiveSigningKey))
        {
            yield return new($"{Section}__ActiveSigningKey must be one of the ids in {Section}__SigningKeys.");
        }
    }
}
