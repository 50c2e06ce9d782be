namespace Lending.Loans.Amortization;

/// <summary>The part of a year that each instalment's interest is for, and the interest itself.</summary>
internal static class Periods
{
    // Rates have six decimals of a percent: 6 % is 6,000,000 of 100,000,000.
    private const long RateUnits = 100_000_000;

    /// <summary>
    /// The first period begins with the payout: its whole months count as all others do, the days before them by the stub's day count.
    /// </summary>
    public static void Of(LoanTerms terms, Span<YearFraction> periods)
    {
        var twelfth = new YearFraction(1, 12);
        periods[0] = terms.PayoutDate is { } payout ? First(terms, payout) : twelfth;
        if (terms.DayCount.CountsMonthsAsTwelfths())
        {
            periods[1..].Fill(twelfth);
            return;
        }

        var from = terms.FirstDueDate;
        for (var index = 1; index < periods.Length; index++)
        {
            // Counted from the first due date, so that the 31st comes back after shorter months.
            var to = terms.FirstDueDate.AddMonths(index);
            periods[index] = terms.DayCount.YearFraction(from, to);
            from = to;
        }
    }

    /// <summary>The nominal annual rate in units of which 100,000,000 are the whole.</summary>
    public static long RateOf(decimal annualRatePercent) => decimal.ToInt64(annualRatePercent * (RateUnits / 100));

    /// <summary>The exact interest balance · rate · period, rounded half to even.</summary>
    public static long Interest(long balance, long rate, YearFraction period)
    {
        var divisor = (ulong)(RateUnits * period.Denominator);
        var high = Math.BigMul((ulong)balance, (ulong)(rate * period.Numerator), out var low);
        if (high == 0)
        {
            var (quotient, remainder) = Math.DivRem(low, divisor);
            return (long)RoundedHalfToEven(quotient, remainder, divisor);
        }

        var (wideQuotient, wideRemainder) = UInt128.DivRem(new UInt128(high, low), divisor);
        return (long)RoundedHalfToEven((ulong)wideQuotient, (ulong)wideRemainder, divisor);
    }

    /// <summary>1 / (1 + rate · period), cut after 128 binary digits; 1 itself is a unit of the last digit less.</summary>
    public static UInt128 DiscountFactor(long rate, YearFraction period)
    {
        var whole = (ulong)(RateUnits * period.Denominator);
        var grown = whole + (ulong)(rate * period.Numerator);
        if (grown == whole)
        {
            return UInt128.MaxValue;
        }

        var (high, remainder) = UInt128.DivRem(new UInt128(whole, 0), grown);
        return new UInt128((ulong)high, (ulong)(new UInt128((ulong)remainder, 0) / grown));
    }

    private static ulong RoundedHalfToEven(ulong quotient, ulong remainder, ulong divisor)
    {
        var rest = divisor - remainder;
        return remainder > rest || (remainder == rest && ulong.IsOddInteger(quotient)) ? quotient + 1 : quotient;
    }

    private static YearFraction First(LoanTerms terms, DateOnly payout)
    {
        var interval = CalendarInterval.Back(payout, terms.FirstDueDate);
        var months = terms.DayCount.CountsMonthsAsTwelfths()
            ? new YearFraction(interval.Months, 12)
            : terms.DayCount.YearFraction(interval.DaysEnd, terms.FirstDueDate);
        if (interval.Days == 0)
        {
            return months;
        }

        var stub = terms.StubDayCount ?? terms.DayCount;
        // By ICMA the days are a part of the month that ends with them, which is counted from the first due date as well.
        return months
            + (
                stub == DayCount.ActualActualIcma
                    ? interval.PartOfMonthBefore(terms.FirstDueDate)
                    : stub.YearFraction(payout, interval.DaysEnd)
            );
    }
}
