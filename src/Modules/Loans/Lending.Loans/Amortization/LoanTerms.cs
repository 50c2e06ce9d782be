using Lending.Kernel;

namespace Lending.Loans.Amortization;

/// <summary>What a loan's figures depend on; always inside <see cref="LoanLimits"/>.</summary>
internal sealed record LoanTerms
{
    /// <summary>Terms that are checked against the limits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value lies outside <see cref="LoanLimits"/> or has too many decimals.</exception>
    public LoanTerms(decimal amount, decimal annualRatePercent, int termMonths, Currency currency)
    {
        Require(amount is >= LoanLimits.MinimumAmount and <= LoanLimits.MaximumAmount && currency.HasScale(amount), nameof(amount), amount);
        Require(
            annualRatePercent is >= 0 and <= LoanLimits.MaximumAnnualRatePercent
                && decimal.Round(annualRatePercent, LoanLimits.AnnualRateScale) == annualRatePercent,
            nameof(annualRatePercent),
            annualRatePercent
        );
        Require(termMonths is >= LoanLimits.MinimumTermMonths and <= LoanLimits.MaximumTermMonths, nameof(termMonths), termMonths);

        Amount = currency.Round(amount);
        // Without trailing zeros, as the amount has the currency's scale: the same terms are stored the same way.
        AnnualRatePercent = annualRatePercent / 1.0000000000000000000000000000m;
        TermMonths = termMonths;
        Currency = currency;
    }

    public decimal Amount { get; }

    /// <summary>The nominal annual rate: 6 is six percent a year, charged as a twelfth each month.</summary>
    public decimal AnnualRatePercent { get; }

    public int TermMonths { get; }

    public Currency Currency { get; }

    public bool IsInterestFree => AnnualRatePercent == 0;

    private static void Require(bool isPermitted, string name, object value)
    {
        if (!isPermitted)
        {
            throw new ArgumentOutOfRangeException(name, value, "Outside the limits of a loan.");
        }
    }
}
