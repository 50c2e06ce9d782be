namespace Lending.Loans.Amortization;

/// <summary>
/// The schedule of the method <c>equal-instalments</c>: every payment is the rounded annuity A, and each balance is the exact balance,
/// rounded. Decision records 0005 and 0032 show why the invariants hold for every permitted loan.
/// </summary>
/// <remarks>
/// Exact balances: B*(n) = 0, B*(k) = (B*(k+1) + a)·v(k+1), with the unrounded annuity a, which is computed anew where the rate changes.
/// Balances: b(n) = 0, else b(k) = max(P − what was paid so far, u(k)), where u(k) = min(q(B*(k)), u(k+1) + A) and u(n) = 0.
/// Principal: b(k−1) − b(k), interest: max(0, A − principal), payment: principal + interest.
/// An interest-free loan takes u(k) = 0 and interest 0: A is paid until nothing is owed, and the last payment takes the rest.
/// </remarks>
internal static class EqualInstalmentSchedule
{
    /// <summary>Computes all instalments.</summary>
    public static void Plan(LoanTerms terms, long owed, ReadOnlySpan<YearFraction> periods, Span<long> payments, Span<long> balances)
    {
        FillExact(terms, owed, periods, payments, balances);
        var first = terms.InterestOnlyMonths;
        var paid = 0L;
        foreach (var payment in payments[first..^1])
        {
            paid += payment;
        }

        var upper = 0L;
        for (var index = balances.Length - 2; index >= first; index--)
        {
            // A larger balance would mean a principal above the payment in a later row: negative interest.
            upper = Math.Min(terms.IsInterestFree ? 0 : balances[index], upper + payments[index + 1]);
            // A smaller balance would mean that more than the payments so far had been repaid.
            balances[index] = Math.Max(owed - paid, upper);
            paid -= payments[index];
        }

        var before = owed;
        for (var index = first; index < balances.Length; index++)
        {
            var principal = before - balances[index];
            payments[index] = terms.IsInterestFree ? principal : Math.Max(payments[index], principal);
            before = balances[index];
        }
    }

    /// <summary>The rounded annuities and the rounded exact balances.</summary>
    private static void FillExact(LoanTerms terms, long owed, ReadOnlySpan<YearFraction> periods, Span<long> payments, Span<long> balances)
    {
        Span<UInt128> discountFactors = stackalloc UInt128[periods.Length];
        var balance = Annuity.Exact(owed);
        var from = 0;
        foreach (var (end, rate) in terms.Segments())
        {
            for (; from < Math.Min(end, terms.InterestOnlyMonths); from++)
            {
                payments[from] = Periods.Interest(owed, rate, periods[from]);
                balances[from] = owed;
            }

            if (from == end)
            {
                continue;
            }

            var factors = discountFactors[from..];
            Annuity.FillDiscountFactors(rate, periods[from..], factors);
            var annuity = Annuity.Payment(balance, factors);
            payments[from..end].Fill(Annuity.Round(annuity));
            balance = UInt128.Zero;
            balances[^1] = 0;
            var balanceAtEnd = balance;
            for (var index = periods.Length - 2; index >= from; index--)
            {
                balance = Annuity.Discount(balance + annuity, discountFactors[index + 1]);
                if (index < end)
                {
                    balances[index] = Annuity.Round(balance);
                }

                if (index == end - 1)
                {
                    balanceAtEnd = balance;
                }
            }

            balance = balanceAtEnd;
            from = end;
        }
    }
}
