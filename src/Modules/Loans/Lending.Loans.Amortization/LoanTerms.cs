using Lending.Kernel;

namespace Lending.Loans.Amortization;

/// <summary>
/// What a loan's figures depend on. Amount, rate and term are always inside <see cref="LoanLimits"/>;
/// the rest, and whether it fits together, is checked by <see cref="LoanQuote.TryOf"/>.
/// </summary>
public sealed record LoanTerms
{
    /// <summary>Terms that are checked against the limits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value lies outside <see cref="LoanLimits"/> or has too many decimals.</exception>
    public LoanTerms(decimal amount, decimal annualRatePercent, int termMonths, Currency currency)
    {
        RequireAmount(amount, currency);
        Require(
            annualRatePercent is >= 0 and <= LoanLimits.MaximumAnnualRatePercent
                && decimal.Round(annualRatePercent, LoanLimits.AnnualRateScale) == annualRatePercent,
            nameof(annualRatePercent),
            annualRatePercent
        );
        RequireTerm(termMonths);

        Amount = currency.Round(amount);
        // Without trailing zeros, as the amount has the currency's scale: the same terms are stored the same way.
        AnnualRatePercent = annualRatePercent.WithoutTrailingZeros();
        TermMonths = termMonths;
        Currency = currency;
    }

    /// <summary>What is borrowed, a dealer fee included and a financed fee not.</summary>
    public decimal Amount { get; private init; }

    /// <summary>The nominal annual rate: 6 is six percent a year, charged as a twelfth each month.</summary>
    public decimal AnnualRatePercent { get; }

    /// <summary>How many instalments there are.</summary>
    public int TermMonths { get; private init; }

    /// <summary>The currency of all amounts.</summary>
    public Currency Currency { get; }

    /// <summary>How the schedule is computed.</summary>
    public ScheduleMethod Method { get; init; }

    /// <summary>What part of a year each period is. From due date to due date 30/360, 30E/360 and ICMA count a twelfth, the others days.</summary>
    public DayCount DayCount { get; init; }

    /// <summary>For the days of the first period that fill no whole month; null: as <see cref="DayCount"/>.</summary>
    public DayCount? StubDayCount { get; init; }

    /// <summary>How many instalments at the start pay interest alone.</summary>
    public int InterestOnlyMonths { get; init; }

    /// <summary>Changes of the rate, ascending.</summary>
    public IReadOnlyList<RateStep> RateSteps { get; init; } = [];

    /// <summary>What the loan costs beside its interest.</summary>
    public LoanFees Fees { get; init; } = LoanFees.None;

    /// <summary>The day on which the loan is paid out; null: a month before the first due date.</summary>
    public DateOnly? PayoutDate { get; init; }

    /// <summary>The day on which the first instalment is due; may be left out where neither days are counted nor dates asked for.</summary>
    public DateOnly FirstDueDate { get; init; }

    internal bool IsInterestFree => AnnualRatePercent == 0;

    internal decimal FinancedFee => Fees.Financed?.Of(Amount, Currency) ?? Currency.Zero;

    internal decimal MonthlyFee => Fees.Monthly?.Of(Amount, Currency) ?? Currency.Zero;

    /// <summary>The loan amount and the financed fee, in minor units.</summary>
    internal long OwedUnits => MinorUnits.Of(Amount + FinancedFee, Currency);

    /// <summary>Runs of instalments with one rate: how many instalments there are up to its end, and the rate in hundred-millionths.</summary>
    internal IEnumerable<(int End, long Rate)> Segments()
    {
        var percent = AnnualRatePercent;
        foreach (var step in RateSteps)
        {
            yield return (step.FromInstalment - 1, Periods.RateOf(percent));
            percent = step.AnnualRatePercent;
        }

        yield return (TermMonths, Periods.RateOf(percent));
    }

    /// <summary>The same terms for another amount.</summary>
    public LoanTerms WithAmount(decimal amount)
    {
        RequireAmount(amount, Currency);
        return this with { Amount = Currency.Round(amount) };
    }

    /// <summary>The same terms for another term.</summary>
    public LoanTerms WithTerm(int termMonths)
    {
        RequireTerm(termMonths);
        return this with { TermMonths = termMonths };
    }

    private static void RequireAmount(decimal amount, Currency currency) =>
        Require(amount is >= LoanLimits.MinimumAmount and <= LoanLimits.MaximumAmount && currency.HasScale(amount), nameof(amount), amount);

    private static void RequireTerm(int termMonths) =>
        Require(termMonths is >= LoanLimits.MinimumTermMonths and <= LoanLimits.MaximumTermMonths, nameof(termMonths), termMonths);

    private static void Require(bool isPermitted, string name, object value)
    {
        if (!isPermitted)
        {
            throw new ArgumentOutOfRangeException(name, value, "Outside the limits of a loan.");
        }
    }
}

/// <summary>A change of the rate that is agreed in advance.</summary>
/// <param name="FromInstalment">The number of the first instalment with the new rate: 2 or more.</param>
/// <param name="AnnualRatePercent">The nominal annual rate from then on.</param>
public sealed record RateStep(int FromInstalment, decimal AnnualRatePercent);
