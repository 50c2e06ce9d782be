using System.Diagnostics.CodeAnalysis;
using Lending.Kernel;

namespace Lending.Loans.Amortization;

/// <summary>Finds the loan that a monthly budget pays for; the budget covers <see cref="LoanQuote.MonthlyPayment"/> and the monthly fee.</summary>
public static class LoanSolver
{
    /// <summary>The largest loan amount within the budget, to the minor unit and at most that of the terms.</summary>
    public static bool TryLargestAmount(
        LoanTerms terms,
        decimal monthlyBudget,
        [NotNullWhen(true)] out LoanQuote? quote,
        [NotNullWhen(false)] out Error? error,
        CancellationToken ct = default
    )
    {
        quote = null;
        error = LoanRules.Obstacle(terms);
        if (error is not null)
        {
            return false;
        }

        // The plain instalment rises with the amount, so halving finds the largest amount that can be meant; the moved ones are near it.
        var plain = new PlainInstalment(terms);
        var minimum = MinorUnits.Of(LoanLimits.MinimumAmount, terms.Currency);
        var units = Last(
            minimum - 1,
            MinorUnits.Of(terms.Amount, terms.Currency),
            amount => WithUnits(terms, amount) is var loan && IsWithinBox(loan) && PlainCost(loan, plain) <= monthlyBudget + Slack(terms)
        );
        while (units >= minimum)
        {
            ct.ThrowIfCancellationRequested();
            var candidate = WithUnits(terms, units);
            var paid = Instalment(candidate);
            if (
                paid is { } instalment
                    ? Cost(candidate, instalment) <= monthlyBudget
                    : PlainCost(candidate, plain) <= monthlyBudget - Slack(terms)
            )
            {
                return LoanQuote.TryOf(candidate, out quote, out error);
            }

            units = terms.Method == ScheduleMethod.DecliningBalance ? NextBelow(units, plain, paid, monthlyBudget) : units - 1;
        }

        error = LoanRefusals.BudgetTooSmall;
        return false;
    }

    /// <summary>The shortest term within the budget, at most that of the terms and long enough for their interest-only months and rate steps.</summary>
    public static bool TryShortestTerm(
        LoanTerms terms,
        decimal monthlyBudget,
        [NotNullWhen(true)] out LoanQuote? quote,
        [NotNullWhen(false)] out Error? error,
        CancellationToken ct = default
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
            var candidate = terms.WithTerm(middle);
            (low, high) =
                PlainCost(candidate, new PlainInstalment(candidate)) <= monthlyBudget + Slack(terms) ? (low, middle) : (middle + 1, high);
        }

        for (var months = low; months <= terms.TermMonths; months++)
        {
            ct.ThrowIfCancellationRequested();
            var candidate = terms.WithTerm(months);
            if (
                Instalment(candidate) is { } paid
                    ? Cost(candidate, paid) <= monthlyBudget
                    : PlainCost(candidate, new PlainInstalment(candidate)) <= monthlyBudget - Slack(terms)
            )
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

    private static decimal PlainCost(LoanTerms terms, PlainInstalment plain) => Cost(terms, plain.Of(terms.OwedUnits));

    private static decimal Cost(LoanTerms terms, long instalment) => MinorUnits.Amount(instalment, terms.Currency) + terms.MonthlyFee;

    /// <summary>What is really paid a month, or null where the loan does not amortise.</summary>
    private static long? Instalment(LoanTerms terms)
    {
        Span<long> payments = stackalloc long[terms.TermMonths];
        Span<long> balances = stackalloc long[terms.TermMonths];
        return Repayment.TryPlan(terms, terms.OwedUnits, payments, balances) ? payments[terms.InterestOnlyMonths] : null;
    }

    /// <summary>
    /// The next amount below one that does not fit by declining balance. As many amounts as the loan has months may share a plain instalment;
    /// those of them that surely do not fit, either, are not tried.
    /// </summary>
    private static long NextBelow(long units, PlainInstalment plain, long? paid, decimal monthlyBudget)
    {
        var terms = WithUnits(plain.Terms, units);
        var (level, fee) = (plain.Of(terms.OwedUnits), terms.MonthlyFee);
        // Either the plain instalment is too much and would have to be moved down; or it is not, but was moved up.
        var move = Cost(terms, level) > monthlyBudget ? -1 : 1;
        if (move < 0 ? !IsTooMuch(units) : paid is null || paid <= level)
        {
            // Not too much is owed, and yet the instalment was not moved down: so too little is owed for that, and all smaller amounts with this
            // plain instalment owe still less.
            return move < 0 && paid == level ? Below(units) : units - 1;
        }

        return Last(Below(units), units - 1, amount => !IsTooMuch(amount));

        bool IsTooMuch(long amount) =>
            DecliningBalanceSchedule.IsTooMuchFor(WithUnits(terms, amount).OwedUnits, plain.Rate, level, move, plain.Periods);

        // The largest amount with another plain instalment or another fee.
        long Below(long amount) =>
            Last(
                MinorUnits.Of(LoanLimits.MinimumAmount, terms.Currency) - 1,
                amount,
                other => WithUnits(terms, other) is var loan && (plain.Of(loan.OwedUnits) < level || loan.MonthlyFee < fee)
            );
    }

    /// <summary>
    /// Finds, by halving, the largest number above <c>first</c> and up to <c>last</c> for which <c>holds</c> is true; it has to be true up to some
    /// number and false beyond. Answers <c>first</c> where there is none.
    /// </summary>
    private static long Last(long first, long last, Func<long, bool> holds)
    {
        while (first < last)
        {
            var middle = (first + last + 1) / 2;
            (first, last) = holds(middle) ? (middle, last) : (first, middle - 1);
        }

        return first;
    }
}
