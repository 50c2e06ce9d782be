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
        var before = owed;
        var index = 0;
        foreach (var (end, rate) in terms.Segments())
        {
            for (; index < end; index++)
            {
                var balance = BalanceAfter(owed, Math.Min(periods.Length - 1 - index, repayingMonths), repayingMonths);
                payments[index] = before - balance + Periods.Interest(before, rate, periods[index]);
                balances[index] = balance;
                before = balance;
            }
        }
    }

    /// <summary>The first instalment that repays principal.</summary>
    public static long FirstInstalment(long owed, long rate, ReadOnlySpan<YearFraction> periods) =>
        owed - BalanceAfter(owed, periods.Length - 1, periods.Length) + Periods.Interest(owed, rate, periods[0]);

    /// <summary>q(P·left/n), half to even.</summary>
    private static long BalanceAfter(long owed, int monthsLeft, int months)
    {
        var (quotient, remainder) = Math.DivRem(owed * monthsLeft, months);
        return 2 * remainder > months || (2 * remainder == months && long.IsOddInteger(quotient)) ? quotient + 1 : quotient;
    }
}
