using System.Text.Json.Serialization;
using Lending.Kernel;

namespace Lending.Applications.Scoring;

/// <summary>Whether a household can pay an instalment: what is left in a month, and how much of the income goes to lenders.</summary>
/// <remarks>
/// Amounts are sums of whole minor units, so they are exact. What stress multiplies is rounded half to even to whole minor units. The debt service ratio is
/// told with four decimals, half to even; rules compare the unrounded one.
/// </remarks>
public sealed record Affordability
{
    private const int RatioDecimals = 4;
    private const decimal IncomeUnderStress = 0.90m;
    private const decimal LumpSumUnderStress = 1.10m;

    /// <summary>Net income.</summary>
    public required decimal NetIncome { get; init; }

    /// <summary>What living costs by the table.</summary>
    public required decimal LumpSum { get; init; }

    /// <summary>What living costs by the applicants' own word.</summary>
    public required decimal StatedExpenses { get; init; }

    /// <summary>The higher of the two.</summary>
    public required decimal LivingExpenses { get; init; }

    /// <summary>Rent, or what a home of one's own costs.</summary>
    public required decimal Housing { get; init; }

    /// <summary>Instalments of other loans.</summary>
    public required decimal ExistingInstalments { get; init; }

    /// <summary>Cars, by the table.</summary>
    public required decimal CarExpenses { get; init; }

    /// <summary>The instalment that is asked for.</summary>
    public required decimal Instalment { get; init; }

    /// <summary>What is left.</summary>
    public required decimal Surplus { get; init; }

    /// <summary>All instalments by the income, as a fraction; null without an income.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required decimal? DebtService { get; init; }

    /// <summary>What would be left in worse times. It is told to whoever decides, and decides nothing itself.</summary>
    public required IReadOnlyList<StressedSurplus> Stress { get; init; }

    /// <summary>Computes it.</summary>
    public static Affordability Of(HouseholdBudget budget, decimal instalment, LumpSums table, Currency currency)
    {
        var lumpSum = table.Of(budget);
        var debtService = ExactDebtService(budget, instalment);
        return new Affordability
        {
            NetIncome = budget.NetIncome,
            LumpSum = lumpSum,
            StatedExpenses = budget.StatedExpenses,
            LivingExpenses = Math.Max(lumpSum, budget.StatedExpenses),
            Housing = budget.Housing,
            ExistingInstalments = budget.ExistingInstalments,
            CarExpenses = budget.Cars * table.Car,
            Instalment = instalment,
            Surplus = Surplus(budget.NetIncome, lumpSum),
            DebtService = debtService is { } exact ? decimal.Round(exact, RatioDecimals, MidpointRounding.ToEven) : null,
            Stress =
            [
                new("INCOME_MINUS_10_PERCENT", Surplus(currency.Round(budget.NetIncome * IncomeUnderStress), lumpSum)),
                new("LUMP_SUM_PLUS_10_PERCENT", Surplus(budget.NetIncome, currency.Round(lumpSum * LumpSumUnderStress))),
            ],
        };

        // Of unlike scales, sums have the larger one: with the currency's zero, all are told alike.
        decimal Surplus(decimal income, decimal living) =>
            income
            - Math.Max(living, budget.StatedExpenses)
            - budget.Housing
            - budget.ExistingInstalments
            - budget.Cars * table.Car
            - instalment
            + currency.Zero;
    }

    /// <summary>All instalments by the income, unrounded; null without an income.</summary>
    internal static decimal? ExactDebtService(HouseholdBudget budget, decimal instalment) =>
        budget.NetIncome > 0 ? (budget.ExistingInstalments + instalment) / budget.NetIncome : null;
}

/// <summary>What would be left in worse times.</summary>
/// <param name="Case">What is worse: <c>INCOME_MINUS_10_PERCENT</c> or <c>LUMP_SUM_PLUS_10_PERCENT</c>.</param>
/// <param name="Surplus">What would be left.</param>
public sealed record StressedSurplus(string Case, decimal Surplus);
