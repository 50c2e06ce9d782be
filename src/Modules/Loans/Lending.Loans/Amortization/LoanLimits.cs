namespace Lending.Loans.Amortization;

/// <summary>The box within which loans are offered; the arithmetic is shown to be exact enough everywhere inside it.</summary>
internal static class LoanLimits
{
    public const decimal MinimumAmount = 500;
    public const decimal MaximumAmount = 1_000_000;
    public const decimal MaximumAnnualRatePercent = 50;

    /// <summary>The most decimals of an annual rate in percent.</summary>
    public const int AnnualRateScale = 6;

    public const int MinimumTermMonths = 1;
    public const int MaximumTermMonths = 600;
}
