using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;

namespace Lending.Notifications.Delivery;

/// <summary>With what mails are signed (DKIM, RFC 6376); configuration section <c>Mail:Dkim</c>. All of it, or nothing.</summary>
internal sealed class DkimOptions
{
    // RFC 8301.
    private const int ShortestKeyBits = 2048;
    private const string Section = $"{MailOptions.Section}__{nameof(MailOptions.Dkim)}";

    /// <summary>The domain that vouches for the mails.</summary>
    public string? Domain { get; set; }

    /// <summary>Under which name its public key stands in the domain: <c>&lt;selector&gt;._domainkey.&lt;domain&gt;</c>.</summary>
    public string? Selector { get; set; }

    /// <summary>An RSA key: PKCS #8, base64, on one line.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>Whether mails are signed.</summary>
    public bool IsSetUp => !string.IsNullOrEmpty(PrivateKey);

    /// <summary>The key as a PEM file has it.</summary>
    public string PrivateKeyPem => PemEncoding.WriteString("PRIVATE KEY", Convert.FromBase64String(PrivateKey!));

    /// <summary>What is wrong. It never says the key.</summary>
    public IEnumerable<ValidationResult> Validate(string fromDomain)
    {
        if (string.IsNullOrEmpty(Domain) && string.IsNullOrEmpty(Selector) && !IsSetUp)
        {
            yield break;
        }
        if (string.IsNullOrEmpty(Domain) || string.IsNullOrEmpty(Selector) || !IsSetUp)
        {
            yield return new(
                $"{Section}__{nameof(Domain)}, {Section}__{nameof(Selector)} and {Section}__{nameof(PrivateKey)} belong together."
            );
            yield break;
        }
        if (!$".{fromDomain}".EndsWith($".{Domain}", StringComparison.OrdinalIgnoreCase))
        {
            yield return new(
                $"{Section}__{nameof(Domain)} must be the domain of {MailOptions.Section}__{nameof(MailOptions.From)}, or above it: else the signature counts for nothing."
            );
        }
        if (Uri.CheckHostName(Selector) != UriHostNameType.Dns)
        {
            yield return new($"{Section}__{nameof(Selector)} must be a name as domains have: letters, digits and hyphens.");
        }
        if (!IsKey(PrivateKey!))
        {
            yield return new(
                $"{Section}__{nameof(PrivateKey)} must be an RSA key of {ShortestKeyBits} bits at least (PKCS #8, base64, on one line)."
            );
        }
    }

    private static bool IsKey(string text)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportPkcs8PrivateKey(Convert.FromBase64String(text), out _);
            return key.KeySize >= ShortestKeyBits;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
