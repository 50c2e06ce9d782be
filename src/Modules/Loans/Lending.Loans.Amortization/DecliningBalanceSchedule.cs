namespace Lending.Loans.Amortization;

/// <summary>
/// The method <c>declining-balance</c>: interest I(k) = q(B(k−1)·f(k)) on what is owed, the level instalment A, and a last one that takes
/// the rest. A is computed anew where the rate changes. See decision record 0032.
/// </summary>
internal static class DecliningBalanceSchedule
{
    /// <summary>
    /// False where an instalment would repay nothing, more than all would be repaid before the end, or the last instalment would differ
    /// from the level one by more than that one.
    /// </summary>
    public static bool TryPlan(LoanTerms terms, long owed, ReadOnlySpan<YearFraction> periods, Span<long> payments, Span<long> balances)
    {
        var balance = owed;
        var from = 0;
        foreach (var (end, rate) in terms.Segments())
        {
            for (; from < Math.Min(end, terms.InterestOnlyMonths); from++)
            {
                payments[from] = Periods.Interest(balance, rate, periods[from]);
                balances[from] = balance;
            }

            if (from < end)
            {
                var repaid = RepayLevel(balance, rate, periods[from..], payments[from..], balances[from..], out var level);
                if (repaid < end - from || (end == periods.Length && Math.Abs(payments[^1] - level) > level))
                {
                    return false;
                }

                balance = balances[end - 1];
                from = end;
            }
        }

        return true;
    }

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
        level = Annuity.RoundedPayment(balance, Annuity.PresentValue(rate, periods));
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

    /// <summary>
    /// With a move of 1: whether the level instalment is moved up. With −1: whether too much is owed for moving it down. What is true of an amount is
    /// true of all larger ones with the same level instalment, because the last payment's difference rises with what is owed.
    /// </summary>
    public static bool IsTooMuchFor(long owed, long rate, long level, int move, ReadOnlySpan<YearFraction> periods)
    {
        var difference = LastPayment(owed, rate, level, periods) - level;
        if (move < 0 ? difference >= -(periods.Length / 2) : difference <= periods.Length / 2)
        {
            return move < 0;
        }

        var moved = level + move;
        var sum = difference + LastPayment(owed, rate, moved, periods) - moved;
        return move < 0 ? sum >= 0 : sum > 0;
    }

    // The last payment as Repay has it: very much where an instalment would repay nothing, and very little where too much would be repaid.
    private static long LastPayment(long balance, long rate, long level, ReadOnlySpan<YearFraction> periods)
    {
        const long VeryMuch = long.MaxValue / 4;

        for (var index = 0; index < periods.Length - 1; index++)
        {
            var principal = level - Periods.Interest(balance, rate, periods[index]);
            if (principal <= 0 || principal > balance)
            {
                return principal <= 0 ? VeryMuch : -VeryMuch;
            }

            balance -= principal;
        }

        return balance + Periods.Interest(balance, rate, periods[^1]);
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
}
