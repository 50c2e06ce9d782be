namespace Lending.Applications.Scoring;

/// <summary>Points for what is known of applicants, as data: anybody can see what counts how much. The version changes with any of them.</summary>
public sealed record Scorecard
{
    /// <summary>What it is called.</summary>
    public required string Version { get; init; }

    /// <summary>The points that everybody has.</summary>
    public required int Intercept { get; init; }

    /// <summary>What points mean.</summary>
    public required ScoreScale Scale { get; init; }

    /// <summary>What counts, in the order in which it is told where two have lost alike.</summary>
    public required IReadOnlyList<Characteristic> Characteristics { get; init; }

    /// <summary>The points of these facts.</summary>
    public Score Of(IReadOnlyDictionary<string, Fact> facts)
    {
        var points = Characteristics
            .Select(characteristic =>
            {
                var fact = facts[characteristic.Code];
                return new CharacteristicPoints(
                    characteristic.Code,
                    fact.Value,
                    fact.Kind,
                    characteristic.PointsOf(fact),
                    characteristic.MaximumPoints
                );
            })
            .ToList();
        var sum = Intercept + points.Sum(part => part.Points);
        return new Score(sum, Scale.DefaultProbability(sum), points);
    }
}

/// <summary>What points mean: at the base score the odds are the base odds, and with so many points more they double.</summary>
/// <param name="BaseScore">Such as 600.</param>
/// <param name="BaseOdds">Good to bad, such as 50 : 1.</param>
/// <param name="PointsToDouble">Such as 20.</param>
public sealed record ScoreScale(int BaseScore, int BaseOdds, int PointsToDouble)
{
    private const int ProbabilityDecimals = 6;

    /// <summary>Points for each unit of the logarithm of the odds.</summary>
    internal double Factor => PointsToDouble / Math.Log(2);

    /// <summary>The score at odds of 1 : 1.</summary>
    internal double Offset => BaseScore - Factor * Math.Log(BaseOdds);

    /// <summary>
    /// The probability of a default as a fraction with six decimals. It is told and decides nothing, and is rounded so that processors that compute the last
    /// digit of a logarithm differently tell the same.
    /// </summary>
    public decimal DefaultProbability(int score) =>
        decimal.Round((decimal)(1 / (1 + Math.Exp((score - Offset) / Factor))), ProbabilityDecimals, MidpointRounding.ToEven);
}

/// <summary>Something that counts.</summary>
/// <param name="Code">Stable, such as <c>OWN_SHARE</c>.</param>
/// <param name="Bins">The first one that fits counts; the last one fits everything.</param>
public sealed record Characteristic(string Code, IReadOnlyList<Bin> Bins)
{
    /// <summary>The most points that anybody can have for it.</summary>
    public int MaximumPoints => Bins.Max(bin => bin.Points);

    /// <summary>The points of a fact.</summary>
    public int PointsOf(Fact fact) => Bins.First(bin => bin.Fits(fact)).Points;
}

/// <summary>Facts that count alike. Whatever is left out holds nobody up.</summary>
/// <param name="Points">How much they count.</param>
public sealed record Bin(int Points)
{
    /// <summary>The largest value.</summary>
    public decimal? AtMost { get; init; }

    /// <summary>The smallest value.</summary>
    public decimal? AtLeast { get; init; }

    /// <summary>The kinds.</summary>
    public IReadOnlyList<Employment>? Kinds { get; init; }

    /// <summary>Whether it is for facts without a value.</summary>
    public bool IsForMissing { get; init; }

    /// <summary>Whether the fact belongs here.</summary>
    public bool Fits(Fact fact) =>
        (AtMost is null || fact.Value <= AtMost)
        && (AtLeast is null || fact.Value >= AtLeast)
        && (Kinds is null || (fact.Kind is { } kind && Kinds.Contains(kind)))
        && (!IsForMissing || fact.Value is null);
}

/// <summary>What is known.</summary>
/// <param name="Value">A number; null where there is none.</param>
/// <param name="Kind">Which kind, where there are kinds.</param>
public sealed record Fact(decimal? Value, Employment? Kind = null);

/// <summary>What a card says of applicants.</summary>
/// <param name="Points">All points.</param>
/// <param name="DefaultProbability">What the scale makes of them, as a fraction.</param>
/// <param name="Characteristics">Each part of the sum.</param>
public sealed record Score(int Points, decimal DefaultProbability, IReadOnlyList<CharacteristicPoints> Characteristics);

/// <summary>The points for one characteristic.</summary>
/// <param name="Code">Which.</param>
/// <param name="Value">The fact's number, unrounded.</param>
/// <param name="Kind">The fact's kind.</param>
/// <param name="Points">What it counts.</param>
/// <param name="MaximumPoints">What it could count at most.</param>
public sealed record CharacteristicPoints(string Code, decimal? Value, Employment? Kind, int Points, int MaximumPoints)
{
    /// <summary>What is missing to the most.</summary>
    internal int Lost => MaximumPoints - Points;
}
