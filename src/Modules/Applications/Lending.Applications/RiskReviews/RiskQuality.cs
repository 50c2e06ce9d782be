using Lending.Applications.Risk;

namespace Lending.Applications.RiskReviews;

/// <summary>How good the scores of labelled applications are.</summary>
internal sealed record RiskQuality
{
    /// <summary>How many applications people have labelled.</summary>
    /// <example>60</example>
    public required int Labelled { get; init; }

    /// <summary>What takes at least a code, as a sign of fraud.</summary>
    public required RiskDetection FromCode { get; init; }

    /// <summary>What a person looks at, as a sign of fraud.</summary>
    public required RiskDetection FromReview { get; init; }

    public static RiskQuality Of(IReadOnlyCollection<LabelledCount> counts) =>
        new()
        {
            Labelled = counts.Sum(count => count.Applications),
            FromCode = RiskDetection.Of(counts, RiskLevel.Code),
            FromReview = RiskDetection.Of(counts, RiskLevel.Review),
        };
}

/// <summary>How well a level tells fraud.</summary>
internal sealed record RiskDetection
{
    private const int Decimals = 4;

    /// <summary>Fraud at this level or above.</summary>
    /// <example>12</example>
    public required int FraudFound { get; init; }

    /// <summary>What is genuine at this level or above: false alarms.</summary>
    /// <example>4</example>
    public required int FalseAlarms { get; init; }

    /// <summary>Fraud below.</summary>
    /// <example>3</example>
    public required int FraudMissed { get; init; }

    /// <summary>The share of fraud in what is at this level or above; null where nothing is.</summary>
    /// <example>0.75</example>
    public required decimal? Precision { get; init; }

    /// <summary>The share of fraud that is at this level or above; null where there is none.</summary>
    /// <example>0.8</example>
    public required decimal? Recall { get; init; }

    public static RiskDetection Of(IReadOnlyCollection<LabelledCount> counts, RiskLevel from)
    {
        var found = Count(RiskLabel.Fraud, isAbove: true);
        var alarms = Count(RiskLabel.Genuine, isAbove: true);
        var missed = Count(RiskLabel.Fraud, isAbove: false);
        return new()
        {
            FraudFound = found,
            FalseAlarms = alarms,
            FraudMissed = missed,
            Precision = Share(found, found + alarms),
            Recall = Share(found, found + missed),
        };

        int Count(RiskLabel label, bool isAbove) =>
            counts.Where(count => count.Label == label && count.Level >= from == isAbove).Sum(count => count.Applications);

        static decimal? Share(int part, int all) => all == 0 ? null : Math.Round((decimal)part / all, Decimals);
    }
}

/// <summary>How many applications of a level have a label.</summary>
internal sealed record LabelledCount(RiskLevel Level, RiskLabel Label, int Applications);
