namespace Lending.Applications.Scoring;

/// <summary>What a household has and spends in a month, without the new loan; of two applicants, both together.</summary>
public sealed record HouseholdBudget
{
    /// <summary>All applicants' net income.</summary>
    public required decimal NetIncome { get; init; }

    /// <summary>What the applicants say that living costs, without housing, instalments and cars.</summary>
    public required decimal StatedExpenses { get; init; }

    /// <summary>Rent, or what a home of one's own costs.</summary>
    public required decimal Housing { get; init; }

    /// <summary>The instalments of all loans that there are already.</summary>
    public required decimal ExistingInstalments { get; init; }

    /// <summary>Adults of the household.</summary>
    public required int Adults { get; init; }

    /// <summary>Children of the household.</summary>
    public required int Children { get; init; }

    /// <summary>Cars of the household.</summary>
    public required int Cars { get; init; }
}
