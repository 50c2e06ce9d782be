namespace Lending.Loans.Amortization;

/// <summary>
/// The method <c>equal-principal</c>: balances fall by P/n a month, rounded as balances, so that the last one is zero by itself; interest
/// is I(k) = q(b(k−1)·f(k)). It repays every permitted loan.
/// </summary>
internal static class EqualPrincipalSchedule
{
    public static void Plan(LoanTerms terms, long owed, ReadOnlySpan<YearFraction> periods, Span<long> payments, Span<long> balances)
    {
        var repayingMonths = periods.Length - terms.InterestOnlyMonths;
        var rate = Periods.RateOf(terms.AnnualRatePercent);
        var step = 0;
        var before = owed;
        for (var index = 0; index < periods.Length; index++)
        {
            if (step < terms.RateSteps.Count && terms.RateSteps[step].FromInstalment == index + 1)
            {
                rate = Periods.RateOf(terms.RateSteps[step].AnnualRatePercent);
                step++;
            }

            var balance = BalanceAfter(owed, Math.Min(periods.Length - 1 - index, repayingMonths), repayingMonths);
            payments[index] = before - balance + Periods.Interest(before, rate, periods[index]);
            balances[index] = balance;
            before = balance;
        }
    }

    /// <summary>The first instalment that repays principal.</summary>
    public static long Instalment(LoanTerms terms, long owed, ReadOnlySpan<YearFraction> periods)
    {
        var index = terms.InterestOnlyMonths;
        var months = periods.Length - index;
        return owed
            - BalanceAfter(owed, months - 1, months)
            + Periods.Interest(owed, Periods.RateOf(terms.RateAt(index + 1)), periods[index]);
    }

    /// <summary>q(P·left/n), half to even.</summary>
    private static long BalanceAfter(long owed, int monthsLeft, int months)
    {
        var (quotient, remainder) = Math.DivRem(owed * monthsLeft, months);
        return 2 * remainder > months || (2 * remainder == months && long.IsOddInteger(quotient)) ? quotient + 1 : quotient;
    }
}
