namespace Lending.Servicing.Dunning;

/// <summary>The organisation's levels of dunning, the first one first, and what it does not ask for.</summary>
internal sealed record DunningLevels
{
    /// <summary>One to five levels.</summary>
    public IReadOnlyList<DunningLevel>? Levels { get; init; }

    /// <summary>
    /// What a payment may leave open in all and is given up then, as a loss, so that the loan is settled: cents, or the interest of a day. It holds for accounts
    /// that are opened from now on; left out, nothing is given up.
    /// </summary>
    /// <example>0.50</example>
    public decimal ClosingTolerance { get; init; }
}
