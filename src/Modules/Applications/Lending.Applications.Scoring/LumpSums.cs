namespace Lending.Applications.Scoring;

/// <summary>What living costs at least in a month, where nobody can show that it costs less. The version changes with any of the figures.</summary>
public sealed record LumpSums
{
    /// <summary>What it is called, such as <c>DE-2026-1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The first adult.</summary>
    public required decimal FirstAdult { get; init; }

    /// <summary>Each further adult.</summary>
    public required decimal FurtherAdult { get; init; }

    /// <summary>Each child.</summary>
    public required decimal Child { get; init; }

    /// <summary>Each car; it is spent on top of what living costs.</summary>
    public required decimal Car { get; init; }

    /// <summary>What living costs this household, without cars.</summary>
    public decimal Of(HouseholdBudget budget) => FirstAdult + Math.Max(0, budget.Adults - 1) * FurtherAdult + budget.Children * Child;
}
