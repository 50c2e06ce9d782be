using Lending.Platform.Privacy;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>
/// What else speaks for it that the customer accepted: what they were shown and when, and in which session. Anything is null where there was none of it, and all of it
/// for acceptances that were made before it was kept.
/// </summary>
internal sealed record AcceptanceEvidence
{
    /// <summary>The link that was used.</summary>
    public Guid? LinkId { get; init; }

    /// <summary>The session of the customer's account.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>When the customer was first shown this version.</summary>
    public DateTimeOffset? ShownAt { get; init; }

    /// <summary>The SHA-256 of the pre-contractual information of this version that was given last.</summary>
    [NotPersonal]
    public byte[]? InformationHash { get; init; }

    /// <summary>When it was given.</summary>
    public DateTimeOffset? InformedAt { get; init; }

    public DateTimeOffset? CodeSentAt { get; init; }

    public DateTimeOffset? CodeGivenAt { get; init; }

    /// <summary>Of the session that had the code sent, and gave it: the code proves that session, whoever else has the link.</summary>
    [NotPersonal]
    public byte[]? CodeSessionHash { get; init; }

    /// <summary>The language of the page, or that the client asked for; else the organisation's.</summary>
    [NotPersonal]
    public string? Language { get; init; }

    /// <summary>IANA name of the time zone in which the customer was told times.</summary>
    [NotPersonal]
    public string? TimeZone { get; init; }
}
