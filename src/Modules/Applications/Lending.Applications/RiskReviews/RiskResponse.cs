using Lending.Applications.Risk;

namespace Lending.Applications.RiskReviews;

/// <summary>How likely an application is fraud, and why.</summary>
internal sealed record RiskResponse
{
    /// <summary>The application.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid ApplicationId { get; init; }

    /// <summary>Who applied, or the first of two.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
    public required Guid CustomerId { get; init; }

    /// <summary>From 0 to 1.</summary>
    /// <example>0.4750</example>
    public required decimal Score { get; init; }

    /// <summary>What it leads to.</summary>
    /// <example>CODE</example>
    public required RiskLevel Level { get; init; }

    /// <summary>By which weights it was scored.</summary>
    /// <example>risk-2026-1</example>
    public required string ModelVersion { get; init; }

    /// <summary>What each method found.</summary>
    public required IReadOnlyList<RiskMethodResult> Methods { get; init; }

    /// <summary>When it was scored.</summary>
    /// <example>2026-11-29T09:40:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What a person found out; null for nothing yet.</summary>
    /// <example>GENUINE</example>
    public required RiskLabel? Label { get; init; }

    /// <summary>Why the person thinks so.</summary>
    /// <example>We have called back.</example>
    public required string? Comment { get; init; }

    /// <summary>Who said so.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a12</example>
    public required Guid? LabelledById { get; init; }

    /// <summary>When.</summary>
    /// <example>2026-11-29T10:15:00Z</example>
    public required DateTimeOffset? LabelledAt { get; init; }

    public static RiskResponse Of(RiskAssessment risk) =>
        new()
        {
            ApplicationId = risk.ApplicationId,
            CustomerId = risk.CustomerId,
            Score = risk.Score,
            Level = risk.Level,
            ModelVersion = risk.ModelVersion,
            Methods = risk.Read().Result.Methods,
            CreatedAt = risk.CreatedAt,
            Label = risk.Label,
            Comment = risk.Comment?.Text,
            LabelledById = risk.LabelledById,
            LabelledAt = risk.LabelledAt,
        };
}
