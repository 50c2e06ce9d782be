namespace Lending.Loans.Amortization;

/// <summary>
/// The schedule of the method <c>equal-instalments</c>: every payment is the rounded annuity A, and each balance is the exact balance,
/// rounded. Decision record 0005 shows why the invariants hold for every permitted loan.
/// </summary>
/// <remarks>
/// Exact balances: B*(n) = 0, B*(k) = (B*(k+1) + a)·v, with the unrounded annuity a and v = 1 / (1+i).
/// Balances: b(0) = P, b(n) = 0, else b(k) = max(P − k·A, u(k)), where u(k) = min(q(B*(k)), u(k+1) + A) and u(n) = 0.
/// Principal: b(k−1) − b(k), interest: max(0, A − principal), payment: principal + interest.
/// An interest-free loan takes u(k) = 0 and interest 0: A is paid until nothing is owed, and the last payment takes the rest.
/// </remarks>
internal static class EqualInstalmentSchedule
{
    /// <summary>The name of this way to compute a schedule.</summary>
    public const string Method = "equal-instalments";

    /// <summary>One row a month. Due dates count from the first one, so a loan due on the 31st returns to it after February.</summary>
    public static IReadOnlyList<ScheduleRow> Of(LoanTerms terms, DateOnly firstDueDate) =>
        LoanQuote.TryOf(terms with { FirstDueDate = firstDueDate }, out var quote, out var error)
            ? quote.Schedule()
            : throw new ArgumentException(error.Message, nameof(terms));

    public static long Instalment(LoanTerms terms, long owed) =>
        MinorUnits.Of(Annuity.Round(ExactAnnuity(terms, owed), terms.Currency), terms.Currency);

    public static void Plan(LoanTerms terms, long owed, Span<long> payments, Span<long> balances)
    {
        var annuity = ExactAnnuity(terms, owed);
        var payment = MinorUnits.Of(Annuity.Round(annuity, terms.Currency), terms.Currency);
        if (terms.IsInterestFree)
        {
            balances.Clear();
        }
        else
        {
            FillRoundedExactBalances(terms, annuity, balances);
        }

        var upper = 0L;
        for (var index = balances.Length - 2; index >= 0; index--)
        {
            // A larger balance would mean a principal above the payment in a later row: negative interest.
            upper = Math.Min(balances[index], upper + payment);
            // A smaller balance would mean that more than the payments so far had been repaid.
            balances[index] = Math.Max(owed - (index + 1) * payment, upper);
        }

        var before = owed;
        for (var index = 0; index < balances.Length; index++)
        {
            var principal = before - balances[index];
            payments[index] = terms.IsInterestFree ? principal : Math.Max(payment, principal);
            before = balances[index];
        }
    }

    private static decimal ExactAnnuity(LoanTerms terms, long owed) =>
        Annuity.ExactPayment(MinorUnits.Amount(owed, terms.Currency), terms.AnnualRatePercent, terms.TermMonths);

    private static void FillRoundedExactBalances(LoanTerms terms, decimal annuity, Span<long> balances)
    {
        var discountFactor = Annuity.DiscountFactor(terms.AnnualRatePercent);
        balances[^1] = 0;
        var exact = 0m;
        for (var index = balances.Length - 2; index >= 0; index--)
        {
            exact = (exact + annuity) * discountFactor;
            balances[index] = MinorUnits.Of(terms.Currency.Round(exact), terms.Currency);
        }
    }
}
