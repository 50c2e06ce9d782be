using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Lending.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Platform.Encryption;

/// <summary>Registration of the keys.</summary>
internal static class KeyRingRegistration
{
    public static void AddKeyRing(this IServiceCollection services)
    {
        services.AddOptions<EncryptionOptions>().BindConfiguration(EncryptionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeysInUse>();
        services.AddHostedService<KeyCheck>();
        services.AddSingleton<EncryptedRows>();
        // Before the modules' own, which read what it has encrypted.
        services.AddSingleton<IDatabasePreparation>(provider => provider.GetRequiredService<EncryptedRows>());
    }
}

/// <summary>The keys of what is stored encrypted; configuration section <c>Encryption</c>.</summary>
public sealed partial class EncryptionOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Encryption";

    /// <summary>How long a key is, in bytes.</summary>
    public const int KeyBytes = 32;

    private const string WhatAKeyIs =
        "32 random bytes in base64, as written by: openssl rand -base64 32. Keep a copy in another place: what a lost key has encrypted, nobody can read";

    /// <summary>
    /// Keys by name: 32 bytes in base64. A new key is added everywhere, made the active one everywhere, and the old one removed after <c>keys rotate</c>.
    /// </summary>
    public Dictionary<string, string> Keys { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the key that encrypts what is written. May be left out where there is one key.</summary>
    public string? ActiveKey { get; set; }

    /// <summary>The key of the hashes that are searched instead of what is encrypted: 32 bytes in base64. It stays the same for good.</summary>
    public string? SearchKey { get; set; }

    /// <summary>The active key's name.</summary>
    internal string ActiveName => (ActiveKey ?? Keys.Keys.Single()).ToLowerInvariant();

    /// <summary>A new key, as it stands in <see cref="Keys"/>.</summary>
    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Keys.Count == 0)
        {
            yield return new($"{Section}__Keys__<name> is missing: {WhatAKeyIs}.");
        }
        foreach (var name in Keys.Keys.Where(name => !Name().IsMatch(name)))
        {
            yield return new($"{Section}__Keys__{name}: a name has at most 32 letters, digits, '-' and '_'.");
        }
        foreach (var name in Keys.Where(key => !IsKey(key.Value)).Select(key => key.Key))
        {
            yield return new($"{Section}__Keys__{name} must be {WhatAKeyIs}.");
        }
        if (ActiveKey is null ? Keys.Count > 1 : !Keys.ContainsKey(ActiveKey))
        {
            yield return new($"{Section}__ActiveKey must be one of the names in {Section}__Keys.");
        }
        if (!IsKey(SearchKey))
        {
            yield return new($"{Section}__SearchKey must be {WhatAKeyIs}.");
        }
        if (!AreAllDifferent())
        {
            yield return new($"The keys in {Section}__Keys and {Section}__SearchKey must all be different ones.");
        }
    }

    private bool AreAllDifferent()
    {
        var keys = Keys.Values.Append(SearchKey).Where(IsKey).Select(key => Convert.ToHexString(Convert.FromBase64String(key!))).ToList();
        return keys.Distinct(StringComparer.Ordinal).Count() == keys.Count;
    }

    private static bool IsKey(string? text)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes + 1];
        return text is not null && Convert.TryFromBase64String(text, bytes, out var length) && length == KeyBytes;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,32}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
