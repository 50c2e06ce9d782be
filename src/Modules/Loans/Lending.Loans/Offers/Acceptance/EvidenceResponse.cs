namespace Lending.Loans.Offers.Acceptance;

/// <summary>What else speaks for it that the customer accepted. Anything is null where there was none of it, and for acceptances before it was kept.</summary>
internal sealed record EvidenceResponse
{
    /// <summary>The link that was used.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
    public required Guid? LinkId { get; init; }

    /// <summary>The session of the customer's account.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a11</example>
    public required Guid? SessionId { get; init; }

    /// <summary>When the customer was first shown this version.</summary>
    /// <example>2026-11-20T09:20:00.123456Z</example>
    public required DateTimeOffset? ShownAt { get; init; }

    /// <summary>The SHA-256 of the pre-contractual information that was given of this version.</summary>
    /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
    public required string? InformationHash { get; init; }

    /// <summary>When it was given.</summary>
    /// <example>2026-11-19T09:20:00.123456Z</example>
    public required DateTimeOffset? InformedAt { get; init; }

    /// <summary>When the code was sent.</summary>
    /// <example>2026-11-20T09:28:00.123456Z</example>
    public required DateTimeOffset? CodeSentAt { get; init; }

    /// <summary>When the code was given.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset? CodeGivenAt { get; init; }

    /// <summary>The SHA-256 of the secret of the session that had the code sent, and gave it: of `codeSession`, or of a browser's.</summary>
    /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
    public required string? CodeSessionHash { get; init; }

    /// <summary>The language of the page, or that the client asked for; else the organisation's.</summary>
    /// <example>de</example>
    public required string? Language { get; init; }

    /// <summary>IANA name of the time zone in which the customer was told times.</summary>
    /// <example>Europe/Berlin</example>
    public required string? TimeZone { get; init; }

    public static EvidenceResponse Of(AcceptanceEvidence evidence) =>
        new()
        {
            LinkId = evidence.LinkId,
            SessionId = evidence.SessionId,
            ShownAt = evidence.ShownAt,
            InformationHash = Hex(evidence.InformationHash),
            InformedAt = evidence.InformedAt,
            CodeSentAt = evidence.CodeSentAt,
            CodeGivenAt = evidence.CodeGivenAt,
            CodeSessionHash = Hex(evidence.CodeSessionHash),
            Language = evidence.Language,
            TimeZone = evidence.TimeZone,
        };

    private static string? Hex(byte[]? hash) => hash is null ? null : Convert.ToHexStringLower(hash);
}
