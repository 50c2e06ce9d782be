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
    public static IReadOnlyList<ScheduleRow> Of(LoanTerms terms, DateOnly firstDueDate)
    {
        var payment = Annuity.MonthlyPayment(terms);
        var balances = Balances(terms, payment);
        var rows = new ScheduleRow[terms.TermMonths];
        for (var number = 1; number <= rows.Length; number++)
        {
            var principal = balances[number - 1] - balances[number];
            var interest = terms.IsInterestFree ? terms.Currency.Zero : Math.Max(terms.Currency.Zero, payment - principal);
            rows[number - 1] = new ScheduleRow(
                number,
                firstDueDate.AddMonths(number - 1),
                principal + interest,
                principal,
                interest,
                balances[number]
            );
        }

        return rows;
    }

    private static decimal[] Balances(LoanTerms terms, decimal payment)
    {
        var exactPayment = Annuity.ExactPayment(terms);
        var discountFactor = Annuity.DiscountFactor(terms);
        var balances = new decimal[terms.TermMonths + 1];
        balances[0] = terms.Amount;
        balances[terms.TermMonths] = terms.Currency.Zero;

        var exact = 0m;
        var upper = terms.Currency.Zero;
        for (var number = terms.TermMonths - 1; number > 0; number--)
        {
            exact = (exact + exactPayment) * discountFactor;
            if (!terms.IsInterestFree)
            {
                // A larger balance would mean a principal above the payment in a later row: negative interest.
                upper = Math.Min(terms.Currency.Round(exact), upper + payment);
            }

            // A smaller balance would mean that more than the payments so far had been repaid.
            balances[number] = Math.Max(terms.Amount - number * payment, upper);
        }

        return balances;
    }
}
