using Lending.Applications.Bureau;
using Lending.Applications.Scoring;

namespace Lending.Applications.Explanations;

/// <summary>What a credit bureau was asked for about the reader, and what it answered. The decision rests on outcome and class alone.</summary>
internal sealed record ExplainedInquiry
{
    /// <summary>When it was asked.</summary>
    /// <example>2026-11-29T09:40:03Z</example>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>What for: `CREDIT`, a decision on a loan.</summary>
    /// <example>CREDIT</example>
    public required string Purpose { get; init; }

    /// <summary>Why it may be asked: `GDPR_6_1_F`, a legitimate interest.</summary>
    /// <example>GDPR_6_1_F</example>
    public required string LegalBasis { get; init; }

    /// <summary>Whether it knows the reader.</summary>
    /// <example>HIT</example>
    public required BureauOutcome Outcome { get; init; }

    /// <summary>1, the best, to 5; null where it knows nothing.</summary>
    /// <example>2</example>
    public required int? Class { get; init; }

    /// <summary>How likely it thinks that the reader does not pay, as a fraction.</summary>
    /// <example>0.012</example>
    public required decimal? DefaultProbability { get; init; }

    /// <summary>How many negative entries there are.</summary>
    /// <example>0</example>
    public required int? NegativeEntries { get; init; }

    /// <summary>Its reasons, as it codes them.</summary>
    /// <example>["DEFAULT"]</example>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>As of when that is.</summary>
    /// <example>2026-11-29T09:40:04Z</example>
    public required DateTimeOffset? AsOf { get; init; }

    /// <summary>What the bureau calls its answer.</summary>
    public required string? ProviderReference { get; init; }

    public static ExplainedInquiry Of(ScoreInquiry inquiry)
    {
        // Of an answer that may be about somebody else, or that is not understood, nothing is told.
        var reply = inquiry is { Outcome: BureauOutcome.Hit, RawAnswer: { } raw } ? HttpBureau.Read(raw.Text) : null;
        return new()
        {
            AskedAt = inquiry.CreatedAt,
            Purpose = inquiry.Purpose,
            LegalBasis = inquiry.LegalBasis,
            Outcome = inquiry.Answer.Outcome,
            Class = inquiry.Class,
            DefaultProbability = reply?.DefaultProbability,
            NegativeEntries = inquiry.NegativeEntries,
            Reasons = reply?.Reasons ?? [],
            AsOf = inquiry.AsOf,
            ProviderReference = inquiry.ProviderReference,
        };
    }
}
