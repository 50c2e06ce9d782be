namespace Lending.Applications.Risk;

/// <summary>What counts how much: data, so that it can be kept with each score. The version changes with anything in it.</summary>
internal sealed partial record RiskModel
{
    private const int Decimals = 4;

    public required string Version { get; init; }

    /// <summary>The least score that takes a code.</summary>
    public required decimal CodeFrom { get; init; }

    /// <summary>The least score that a person looks at.</summary>
    public required decimal ReviewFrom { get; init; }

    public required IReadOnlyList<RiskMethodRule> Methods { get; init; }

    /// <summary>Scores what was observed.</summary>
    public RiskResult Score(IReadOnlyDictionary<RiskSignal, decimal> signals)
    {
        var methods = Methods.Select(method => method.Score(signals)).ToList();
        var score = Combine(methods.Select(method => method.Weight * method.Score));
        return new(score, LevelOf(score), methods);
    }

    public RiskLevel LevelOf(decimal score) =>
        score >= ReviewFrom ? RiskLevel.Review
        : score >= CodeFrom ? RiskLevel.Code
        : RiskLevel.Continue;

    /// <summary>
    /// <c>1 − Π(1 − part)</c>, of parts between 0 and 1: they add up and never exceed 1. In their order, so that rounding cannot tell in which they came.
    /// </summary>
    public static decimal Combine(IEnumerable<decimal> parts) =>
        Math.Round(1 - parts.Order().Aggregate(1m, (left, part) => left * (1 - part)), Decimals);
}

/// <summary>How much a method counts, and what it looks at.</summary>
/// <param name="Method">The method.</param>
/// <param name="Weight">From 0 to 1.</param>
/// <param name="Signals">What it looks at.</param>
internal sealed record RiskMethodRule(RiskMethod Method, decimal Weight, IReadOnlyList<RiskSignalRule> Signals)
{
    public RiskMethodResult Score(IReadOnlyDictionary<RiskSignal, decimal> signals)
    {
        var evidence = new List<RiskEvidence>();
        foreach (var rule in Signals)
        {
            if (signals.TryGetValue(rule.Signal, out var value) && rule.ScoreOf(value) is > 0 and var score)
            {
                evidence.Add(new(rule.Signal, value, score));
            }
        }
        return new(Method, Weight, RiskModel.Combine(evidence.Select(found => found.Score)), evidence);
    }
}

/// <summary>What a signal says.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Steps">From which numbers on it says something.</param>
internal sealed record RiskSignalRule(RiskSignal Signal, params RiskStep[] Steps)
{
    /// <summary>The highest of all steps that are reached, so that more is never less; 0 for none.</summary>
    public decimal ScoreOf(decimal value) => Steps.Where(step => value >= step.From).Select(step => step.Score).DefaultIfEmpty().Max();
}

/// <summary>A step of a signal.</summary>
/// <param name="From">The least number.</param>
/// <param name="Score">What it then counts, from 0 to 1.</param>
internal sealed record RiskStep(decimal From, decimal Score);

/// <summary>What came of it.</summary>
/// <param name="Score">From 0 to 1.</param>
/// <param name="Level">What it leads to.</param>
/// <param name="Methods">By method.</param>
internal sealed record RiskResult(decimal Score, RiskLevel Level, IReadOnlyList<RiskMethodResult> Methods);

/// <summary>What a method found.</summary>
/// <param name="Method">The method.</param>
/// <param name="Weight">How much it counts, from 0 to 1.</param>
/// <param name="Score">What it says, from 0 to 1.</param>
/// <param name="Evidence">Why.</param>
internal sealed record RiskMethodResult(RiskMethod Method, decimal Weight, decimal Score, IReadOnlyList<RiskEvidence> Evidence);

/// <summary>A signal that counted.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Value">Its number.</param>
/// <param name="Score">What it says, from 0 to 1.</param>
internal sealed record RiskEvidence(RiskSignal Signal, decimal Value, decimal Score);
