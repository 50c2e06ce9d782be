using System.Diagnostics.CodeAnalysis;
using Lending.Kernel;

namespace Lending.Loans.Amortization;

/// <summary>Finds the loan that a monthly budget pays for; the budget covers <see cref="LoanQuote.MonthlyPayment"/> and the monthly fee.</summary>
internal static class LoanSolver
{
    /// <summary>The largest loan amount within the budget, to the minor unit and at most that of the terms.</summary>
    public static bool TryLargestAmount(
        LoanTerms terms,
        decimal monthlyBudget,
        [NotNullWhen(true)] out LoanQuote? quote,
        [NotNullWhen(false)] out Error? error
    )
    {
        quote = null;
        error = LoanRules.Obstacle(terms);
        if (error is not null)
        {
            return false;
        }

        // The plain instalment rises with the amount, so halving finds the largest amount that can be meant; the moved ones are near it.
        var minimum = MinorUnits.Of(LoanLimits.MinimumAmount, terms.Currency);
        var (low, high) = (minimum - 1, MinorUnits.Of(terms.Amount, terms.Currency));
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            var candidate = WithUnits(terms, middle);
            (low, high) =
                IsWithinBox(candidate) && PlainCost(candidate) <= monthlyBudget + Slack(terms) ? (middle, high) : (low, middle - 1);
        }

        for (var units = low; units >= minimum; units--)
        {
            var candidate = WithUnits(terms, units);
            if (Cost(candidate) is { } cost ? cost <= monthlyBudget : PlainCost(candidate) <= monthlyBudget - Slack(terms))
            {
                return LoanQuote.TryOf(candidate, out quote, out error);
            }
        }

        error = LoanRefusals.BudgetTooSmall;
        return false;
    }

    /// <summary>The shortest term within the budget, at most that of the terms and long enough for their interest-only months and rate steps.</summary>
    public static bool TryShortestTerm(
        LoanTerms terms,
        decimal monthlyBudget,
        [NotNullWhen(true)] out LoanQuote? quote,
        [NotNullWhen(false)] out Error? error
    )
    {
        quote = null;
        error = LoanRules.Obstacle(terms) ?? (IsWithinBox(terms) ? null : LoanRefusals.AmountOwed);
        if (error is not null)
        {
            return false;
        }

        var minimum = Math.Max(terms.InterestOnlyMonths + 1, terms.RateSteps.Count > 0 ? terms.RateSteps[^1].FromInstalment : 1);
        var (low, high) = (minimum, terms.TermMonths + 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = PlainCost(terms.WithTerm(middle)) <= monthlyBudget + Slack(terms) ? (low, middle) : (middle + 1, high);
        }

        for (var months = low; months <= terms.TermMonths; months++)
        {
            var candidate = terms.WithTerm(months);
            if (Cost(candidate) is { } cost ? cost <= monthlyBudget : PlainCost(candidate) <= monthlyBudget - Slack(terms))
            {
                return LoanQuote.TryOf(candidate, out quote, out error);
            }
        }

        error = LoanRefusals.BudgetTooSmall;
        return false;
    }

    private static LoanTerms WithUnits(LoanTerms terms, long units) => terms.WithAmount(MinorUnits.Amount(units, terms.Currency));

    private static bool IsWithinBox(LoanTerms terms) => terms.Amount + terms.FinancedFee <= LoanLimits.MaximumAmount;

    /// <summary>By declining balance the instalment is at most a minor unit off the rounded annuity (decision record 0032).</summary>
    private static decimal Slack(LoanTerms terms) => terms.Method == ScheduleMethod.DecliningBalance ? terms.Currency.MinorUnit : 0;

    private static decimal PlainCost(LoanTerms terms) =>
        MinorUnits.Amount(Repayment.PlainInstalment(terms, terms.OwedUnits), terms.Currency) + terms.MonthlyFee;

    /// <summary>What is really paid a month, or null where the loan does not amortise.</summary>
    private static decimal? Cost(LoanTerms terms)
    {
        Span<long> payments = stackalloc long[terms.TermMonths];
        Span<long> balances = stackalloc long[terms.TermMonths];
        return Repayment.TryPlan(terms, terms.OwedUnits, payments, balances)
            ? MinorUnits.Amount(payments[terms.InterestOnlyMonths], terms.Currency) + terms.MonthlyFee
            : null;
    }
}
