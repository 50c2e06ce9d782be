using System.Security.Cryptography;
using System.Text;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Identity.Terms;

/// <summary>
/// One version of an organisation's terms or privacy policy, in one language. Nothing of it ever changes. Rows of one kind and number say the same in
/// several languages, and hold from the same time on.
/// </summary>
internal sealed class TermsVersion : ITenantOwned, IListed
{
    /// <summary>With the escapes of JSON, this fits into a request's body in most languages.</summary>
    public const int MaximumTextLength = 60_000;

    public const int MaximumUrlLength = 2000;

    /// <summary>A SHA-256 in hexadecimal digits.</summary>
    public const int HashLength = 2 * SHA256.HashSizeInBytes;

    private TermsVersion() { }

    public TermsVersion(TermsKind kind, string language, int number, DateTimeOffset validFrom, UserReference by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        Kind = kind;
        Language = language;
        Number = number;
        ValidFrom = validFrom;
        PublishedBy = by;
        CreatedAt = now;
    }

    public Guid Id { get; private set; }

    public Guid OrganizationId { get; private set; }

    public TermsKind Kind { get; private set; }

    /// <summary>ISO 639-1.</summary>
    [NotPersonal]
    public string Language { get; private set; } = "";

    /// <summary>1, 2, … for each kind; translations have the number of what they translate.</summary>
    public int Number { get; private set; }

    /// <summary>What it says; null where that stands at <see cref="Url"/>.</summary>
    [NotPersonal]
    public string? Text { get; init; }

    [NotPersonal]
    public string? Url { get; init; }

    /// <summary>The SHA-256 of the text in UTF-8, or of what stands at the URL, in hexadecimal digits.</summary>
    [NotPersonal]
    public required string Hash { get; init; }

    /// <summary>It is in force from then on, until one with a higher number is.</summary>
    public DateTimeOffset ValidFrom { get; private set; }

    public UserReference PublishedBy { get; private set; } = null!;

    /// <summary>When it was published.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The hash of a text.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>What somebody accepts.</summary>
internal enum TermsKind
{
    /// <summary>Terms of use.</summary>
    Terms,

    /// <summary>What is done with personal data.</summary>
    Privacy,
}
