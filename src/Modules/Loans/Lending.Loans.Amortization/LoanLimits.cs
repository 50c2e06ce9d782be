namespace Lending.Loans.Amortization;

/// <summary>The box within which loans are offered; the arithmetic is shown to be exact enough everywhere inside it.</summary>
public static class LoanLimits
{
    /// <summary>The smallest loan amount, in units of any currency.</summary>
    public const decimal MinimumAmount = 500;

    /// <summary>The largest loan amount, in units of any currency; with a financed fee, too.</summary>
    public const decimal MaximumAmount = 1_000_000;

    /// <summary>The highest annual rate; the lowest is 0.</summary>
    public const decimal MaximumAnnualRatePercent = 50;

    /// <summary>The most decimals of an annual rate in percent.</summary>
    public const int AnnualRateScale = 6;

    /// <summary>The fewest instalments.</summary>
    public const int MinimumTermMonths = 1;

    /// <summary>The most instalments.</summary>
    public const int MaximumTermMonths = 600;

    /// <summary>The most that a fee in percent may be; amounts are limited by <see cref="MaximumAmount"/>.</summary>
    public const decimal MaximumFeePercent = 50;

    /// <summary>The most changes of the rate: a yearly one for the longest term, and some.</summary>
    public const int MaximumRateSteps = 60;

    /// <summary>How long after the payout the first instalment may be due.</summary>
    public const int MaximumMonthsToFirstDueDate = 12;

    /// <summary>The first year of dates.</summary>
    public const int FirstYear = 1900;

    /// <summary>The last year of dates.</summary>
    public const int LastYear = 2199;
}
