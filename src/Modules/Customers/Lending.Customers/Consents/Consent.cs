using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Customers.Consents;

/// <summary>
/// That a customer consented to something (GDPR, Art. 7), by which text and how. A row is only ever added and ended, never changed otherwise: who consents
/// again gets another one.
/// </summary>
internal sealed class Consent : ITenantOwned, IListed
{
    public const int MaximumPurposeLength = 50;
    public const int MaximumTextVersionLength = 50;
    public const int TextHashLength = 64;
    public const int MaximumLocaleLength = 35;

    /// <summary>How a purpose is written, for .NET and for PostgreSQL.</summary>
    public const string PurposePattern = "^[a-z0-9]+(-[a-z0-9]+)*$";

    /// <summary>How a hash is written, for .NET and for PostgreSQL.</summary>
    public const string TextHashPattern = "^[0-9a-f]{64}$";

    private Consent() { }

    public Consent(
        Guid customerId,
        string purpose,
        ShownText text,
        GivenOver givenOver,
        UserReference by,
        DateTimeOffset? givenAt,
        DateTimeOffset now
    )
    {
        Id = Guid.CreateVersion7(now);
        CustomerId = customerId;
        Purpose = purpose;
        TextVersion = text.Version;
        TextHash = text.Hash;
        Locale = text.Locale;
        GivenOver = givenOver;
        GivenAt = givenAt?.ToUniversalTime() ?? now;
        RecordedBy = by;
        CreatedAt = now;
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid CustomerId { get; private init; }

    /// <summary>What for.</summary>
    [NotPersonal]
    public string Purpose { get; private init; } = "";

    /// <summary>Which version of the text the customer saw.</summary>
    [NotPersonal]
    public string TextVersion { get; private init; } = "";

    /// <summary>The SHA-256 of the text that was shown, as 64 lower-case hexadecimal digits; null where nobody told it.</summary>
    [NotPersonal]
    public string? TextHash { get; private init; }

    /// <summary>The language of the text that was shown, as a BCP 47 tag; there with the hash.</summary>
    [NotPersonal]
    public string? Locale { get; private init; }

    public GivenOver GivenOver { get; private init; }

    /// <summary>When the customer gave it; on paper, before it was recorded.</summary>
    public DateTimeOffset GivenAt { get; private init; }

    /// <summary>The customer, or who recorded it for them.</summary>
    public UserReference RecordedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>From when on it does not hold any more.</summary>
    public DateTimeOffset? EndedAt { get; private init; }

    public ConsentEnd? End { get; private init; }

    /// <summary>How the customer said so; null where they did not.</summary>
    public GivenOver? EndedOver { get; private init; }

    public Guid? EndedById { get; private init; }

    [Personal]
    public string? EndedByUsername { get; private init; }
}

/// <summary>What the customer saw.</summary>
/// <param name="Version">What the organisation calls it.</param>
/// <param name="Hash">Its SHA-256, as 64 lower-case hexadecimal digits; null where nobody told it.</param>
/// <param name="Locale">Its language; there with the hash.</param>
internal sealed record ShownText(string Version, string? Hash, string? Locale);

/// <summary>How somebody said that they consent, or that they do not any more.</summary>
internal enum GivenOver
{
    /// <summary>The customer themselves, logged in.</summary>
    Online,

    /// <summary>With a signature on paper.</summary>
    Paper,

    /// <summary>By telephone.</summary>
    Telephone,

    /// <summary>To somebody's face.</summary>
    InPerson,
}

/// <summary>Why a consent does not hold any more.</summary>
internal enum ConsentEnd
{
    /// <summary>The customer took it back.</summary>
    Withdrawn,

    /// <summary>The customer consented to another version of the text.</summary>
    Replaced,

    /// <summary>There is no such customer any more.</summary>
    CustomerRemoved,
}
