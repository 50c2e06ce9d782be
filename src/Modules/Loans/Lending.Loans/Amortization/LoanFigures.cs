namespace Lending.Loans.Amortization;

/// <summary>A loan's totals under equal instalments, without its schedule; they equal the schedule's sums.</summary>
internal sealed record LoanFigures(decimal MonthlyPayment, decimal TotalPayment, decimal TotalInterest)
{
    /// <summary>The total is n·A, or P where a loan bears no interest or n·A would not repay it (see <see cref="EqualInstalmentSchedule"/>).</summary>
    public static LoanFigures Of(LoanTerms terms)
    {
        var payment = MinorUnits.Amount(Repayment.PlainInstalment(terms, terms.OwedUnits), terms.Currency);
        var total = terms.IsInterestFree ? terms.Amount : Math.Max(terms.TermMonths * payment, terms.Amount);
        return new LoanFigures(payment, total, total - terms.Amount);
    }
}
