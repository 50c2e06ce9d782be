using Lending.Applications.Scoring;

namespace Lending.Applications.Replays;

/// <summary>What a policy decides, or would have decided, of applications that another one has decided on.</summary>
internal sealed record PolicyDistribution
{
    private const int PointsOfBand = 20;

    /// <summary>How many decisions were compared.</summary>
    /// <example>1000</example>
    public required int Decisions { get; init; }

    /// <summary>How many were decided so, and would be decided so by this policy. What nobody was decided is left out.</summary>
    public required IReadOnlyList<OutcomeCount> Outcomes { get; init; }

    /// <summary>How the points by this policy are spread, in bands of 20.</summary>
    public required IReadOnlyList<PointsCount> Points { get; init; }

    public static PolicyDistribution Of(IReadOnlyCollection<Compared> compared) =>
        new()
        {
            Decisions = compared.Sum(row => row.Count),
            Outcomes =
            [
                .. compared
                    .GroupBy(row => (row.Decided, row.WouldBe))
                    .OrderBy(group => group.Key)
                    .Select(group => new OutcomeCount
                    {
                        Decided = group.Key.Decided,
                        WouldBe = group.Key.WouldBe,
                        Count = group.Sum(row => row.Count),
                    }),
            ],
            Points =
            [
                .. compared
                    .GroupBy(row => (int)Math.Floor((decimal)row.Points / PointsOfBand) * PointsOfBand)
                    .OrderBy(band => band.Key)
                    .Select(band => new PointsCount
                    {
                        From = band.Key,
                        To = band.Key + PointsOfBand - 1,
                        Count = band.Sum(row => row.Count),
                    }),
            ],
        };

    /// <summary>So many applications that were decided alike.</summary>
    internal sealed record Compared(DecisionOutcome Decided, DecisionOutcome WouldBe, int Points, int Count);

    /// <summary>How many were decided alike.</summary>
    internal sealed record OutcomeCount
    {
        /// <summary>What was decided.</summary>
        /// <example>REFUSE</example>
        public required DecisionOutcome Decided { get; init; }

        /// <summary>What this policy says.</summary>
        /// <example>REVIEW</example>
        public required DecisionOutcome WouldBe { get; init; }

        /// <summary>How many.</summary>
        /// <example>12</example>
        public required int Count { get; init; }
    }

    /// <summary>How many have so many points.</summary>
    internal sealed record PointsCount
    {
        /// <summary>The fewest points of the band.</summary>
        /// <example>540</example>
        public required int From { get; init; }

        /// <summary>The most points of the band.</summary>
        /// <example>559</example>
        public required int To { get; init; }

        /// <summary>How many.</summary>
        /// <example>37</example>
        public required int Count { get; init; }
    }
}
