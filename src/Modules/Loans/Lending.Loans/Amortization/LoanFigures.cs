namespace Lending.Loans.Amortization;

/// <summary>A loan's totals, for those who need no more than these; the same as in its <see cref="LoanQuote"/>.</summary>
internal sealed record LoanFigures(decimal MonthlyPayment, decimal TotalPayment, decimal TotalInterest)
{
    /// <summary>The totals of terms that can be quoted.</summary>
    /// <exception cref="ArgumentException">The terms make no loan.</exception>
    public static LoanFigures Of(LoanTerms terms) =>
        LoanQuote.TryOf(terms, out var quote, out var error)
            ? new LoanFigures(quote.MonthlyPayment, quote.TotalPayment, quote.TotalInterest)
            : throw new ArgumentException(error.Message, nameof(terms));
}
