namespace Lending.Loans.Amortization;

/// <summary>What ends a loan before its time, when all instalments due until then have been paid.</summary>
/// <param name="OutstandingPrincipal">What is owed after the last instalment that was due.</param>
/// <param name="AccruedInterest">The interest since then.</param>
/// <param name="MaximumCompensation">The most that the lender may ask for the loss of later interest (Directive 2008/48/EC, article 16).</param>
internal sealed record EarlySettlement(decimal OutstandingPrincipal, decimal AccruedInterest, decimal MaximumCompensation)
{
    private const decimal CompensationPercent = 1;
    private const decimal CompensationPercentInTheLastYear = 0.5m;

    /// <summary>The settlement on a day from the payout to the last due date.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day lies outside, or the loan has no dates.</exception>
    public static EarlySettlement Of(LoanQuote quote, DateOnly day)
    {
        var terms = quote.Terms;
        var payout = terms.PayoutDate == default ? terms.FirstDueDate.AddMonths(-1) : terms.PayoutDate;
        ArgumentOutOfRangeException.ThrowIfLessThan(day, payout);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, quote.LastDueDate);

        var rows = quote.Schedule();
        var paid = rows.Count(row => row.DueDate <= day);
        var outstanding = paid == 0 ? quote.AmountOwed : rows[paid - 1].Balance;
        if (paid == rows.Count)
        {
            return new EarlySettlement(outstanding, terms.Currency.Zero, terms.Currency.Zero);
        }

        var units = MinorUnits.Of(outstanding, terms.Currency);
        var accrued = MinorUnits.Amount(Accrued(terms, paid, units, paid == 0 ? payout : rows[paid - 1].DueDate, day), terms.Currency);
        var interestToCome = rows.Skip(paid).Sum(row => row.Interest) - accrued;
        var percent = day.AddYears(1) < quote.LastDueDate ? CompensationPercent : CompensationPercentInTheLastYear;
        // Cut, not rounded: it is a limit.
        var compensation = MinorUnits.Amount(decimal.ToInt64(units * percent / 100), terms.Currency);
        return new EarlySettlement(
            outstanding,
            accrued,
            Math.Clamp(compensation, terms.Currency.Zero, Math.Max(interestToCome, terms.Currency.Zero))
        );
    }

    /// <summary>Interest since the last due date. Where a month is a twelfth whatever its days, its days share the twelfth equally.</summary>
    /// <param name="terms">The loan.</param>
    /// <param name="paid">How many instalments have been paid.</param>
    /// <param name="balance">What is owed, in minor units.</param>
    /// <param name="from">The last due date, or the payout.</param>
    /// <param name="day">The day up to which interest is counted.</param>
    public static long Accrued(LoanTerms terms, int paid, long balance, DateOnly from, DateOnly day)
    {
        Span<YearFraction> periods = stackalloc YearFraction[terms.TermMonths];
        Periods.Of(terms, periods);
        var rate = terms.Segments().First(segment => segment.End > paid).Rate;
        var isCountedInDays = !terms.DayCount.CountsMonthsAsTwelfths() && (paid > 0 || terms.StubDayCount is null);
        if (isCountedInDays || from == day)
        {
            return Periods.Interest(balance, rate, terms.DayCount.YearFraction(from, day));
        }

        var period = periods[paid];
        var days = terms.FirstDueDate.AddMonths(paid).DayNumber - from.DayNumber;
        var elapsed = day.DayNumber - from.DayNumber;
        return Periods.Interest(balance, rate, new YearFraction(period.Numerator * elapsed, period.Denominator * days));
    }
}
