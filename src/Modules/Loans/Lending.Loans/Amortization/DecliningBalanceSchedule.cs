namespace Lending.Loans.Amortization;

/// <summary>
/// The method <c>declining-balance</c>: interest I(k) = q(B(k−1)·f(k)) on what is owed, the level instalment A, and a last one that takes
/// the rest. A is computed anew where the rate changes. See decision record 0032.
/// </summary>
internal static class DecliningBalanceSchedule
{
    // Doubles are off by less than 0.001 of a minor unit in the whole box; nearer to a tie than this, decimals decide.
    private const double TieDistance = 0.01;

    // Products of 28-digit decimals are off by less than this in minor units; rounding to it makes exact ties exact again.
    private const int NoiseFreeDecimals = 12;

    /// <summary>
    /// False where an instalment would repay nothing, more than all would be repaid before the end, or the last instalment would differ
    /// from the level one by more than that one.
    /// </summary>
    public static bool TryPlan(LoanTerms terms, long owed, ReadOnlySpan<YearFraction> periods, Span<long> payments, Span<long> balances)
    {
        var balance = owed;
        var rate = Periods.RateOf(terms.AnnualRatePercent);
        for (int from = 0, step = 0; from < periods.Length; step++)
        {
            var to = step < terms.RateSteps.Count ? terms.RateSteps[step].FromInstalment - 1 : periods.Length;
            for (; from < Math.Min(to, terms.InterestOnlyMonths); from++)
            {
                payments[from] = Periods.Interest(balance, rate, periods[from]);
                balances[from] = balance;
            }

            if (from < to)
            {
                var repaid = RepayLevel(balance, rate, periods[from..], payments[from..], balances[from..], out var level);
                if (repaid < to - from || (to == periods.Length && Math.Abs(payments[^1] - level) > level))
                {
                    return false;
                }

                balance = balances[to - 1];
                from = to;
            }

            if (step < terms.RateSteps.Count)
            {
                rate = Periods.RateOf(terms.RateSteps[step].AnnualRatePercent);
            }
        }

        return true;
    }

    /// <summary>The rounded annuity of the first instalment that repays principal.</summary>
    public static long PlainInstalment(LoanTerms terms, long owed, ReadOnlySpan<YearFraction> periods) =>
        RoundedAnnuity(owed, Periods.RateOf(terms.RateAt(terms.InterestOnlyMonths + 1)), periods[terms.InterestOnlyMonths..]);

    /// <summary>
    /// Repays a balance as if the rate held to the end. A is the rounded annuity, moved by an nth of what the last instalment differs by
    /// where that is more than n/2 minor units and the move makes it less.
    /// </summary>
    private static int RepayLevel(
        long balance,
        long rate,
        ReadOnlySpan<YearFraction> periods,
        Span<long> payments,
        Span<long> balances,
        out long level
    )
    {
        level = RoundedAnnuity(balance, rate, periods);
        var repaid = Repay(balance, rate, level, periods, payments, balances);
        var difference = payments[^1] - level;
        if (repaid < periods.Length || Math.Abs(difference) <= periods.Length / 2)
        {
            return repaid;
        }

        var moved = level + decimal.ToInt64(decimal.Round((decimal)difference / periods.Length));
        if (
            Repay(balance, rate, moved, periods, payments, balances) == periods.Length
            && Math.Abs(payments[^1] - moved) < Math.Abs(difference)
        )
        {
            level = moved;
            return repaid;
        }

        return Repay(balance, rate, level, periods, payments, balances);
    }

    /// <summary>Pays the level instalment each time and the rest at last; returns how many instalments repay something, and not too much.</summary>
    private static int Repay(
        long balance,
        long rate,
        long level,
        ReadOnlySpan<YearFraction> periods,
        Span<long> payments,
        Span<long> balances
    )
    {
        var last = periods.Length - 1;
        for (var index = 0; index < last; index++)
        {
            var principal = level - Periods.Interest(balance, rate, periods[index]);
            if (principal <= 0 || principal > balance)
            {
                return index;
            }

            balance -= principal;
            payments[index] = level;
            balances[index] = balance;
        }

        payments[last] = balance + Periods.Interest(balance, rate, periods[last]);
        balances[last] = 0;
        return periods.Length;
    }

    /// <summary>q(P·∏(1+f) / F(n)), F(1) = 1, F(k) = 1 + F(k−1)·(1+f(k)), rounded half to even.</summary>
    private static long RoundedAnnuity(long balance, long rate, ReadOnlySpan<YearFraction> periods)
    {
        var product = 1d;
        var payments = 0d;
        foreach (var period in periods)
        {
            var growth = Periods.Growth(rate, period);
            product *= growth;
            payments = 1 + payments * growth;
        }

        var annuity = balance * product / payments;
        return Math.Abs(annuity - Math.Floor(annuity) - 0.5) > TieDistance
            ? (long)Math.Round(annuity)
            : RoundedExactAnnuity(balance, rate, periods);
    }

    private static long RoundedExactAnnuity(long balance, long rate, ReadOnlySpan<YearFraction> periods)
    {
        var product = 1m;
        var payments = 0m;
        foreach (var period in periods)
        {
            var growth = Periods.ExactGrowth(rate, period);
            product *= growth;
            payments = 1 + payments * growth;
        }

        return decimal.ToInt64(decimal.Round(decimal.Round(balance * (product / payments), NoiseFreeDecimals)));
    }
}
