using System.Runtime.InteropServices;

namespace Lending.Loans.Amortization;

/// <summary>How much of a year lies between two dates.</summary>
public enum DayCount
{
    /// <summary>30/360, bond basis: months of 30 days; a 31st becomes the 30th, at the end only where the start is one too.</summary>
    Thirty360,

    /// <summary>30E/360: months of 30 days; every 31st becomes the 30th.</summary>
    ThirtyE360,

    /// <summary>Actual/365 Fixed: the days over 365.</summary>
    Actual365Fixed,

    /// <summary>Actual/360: the days over 360.</summary>
    Actual360,

    /// <summary>Actual/Actual ISDA: the days in leap years over 366, the others over 365; years are split at 1 January.</summary>
    ActualActualIsda,

    /// <summary>Actual/Actual ICMA: whole months counted back from the end are twelfths, the days left over are a part of the month they lie in.</summary>
    ActualActualIcma,
}

/// <summary>A part of a year as a fraction, so that interest is rounded once.</summary>
/// <param name="Numerator">The part.</param>
/// <param name="Denominator">Of how many it is a part.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct YearFraction(long Numerator, long Denominator)
{
    /// <summary>The fraction as a number.</summary>
    public decimal Value => (decimal)Numerator / Denominator;

    /// <summary>The sum.</summary>
    public static YearFraction operator +(YearFraction left, YearFraction right) =>
        left.Denominator == right.Denominator
            ? left with
            {
                Numerator = left.Numerator + right.Numerator,
            }
            : new(left.Numerator * right.Denominator + right.Numerator * left.Denominator, left.Denominator * right.Denominator);
}

/// <summary>The day counts' names, and what they count.</summary>
public static class DayCounts
{
    private static readonly string[] _names =
    [
        "30/360",
        "30E/360",
        "actual/365f",
        "actual/360",
        "actual/actual-isda",
        "actual/actual-icma",
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names => _names;

    /// <summary>What the day count is called.</summary>
    public static string Name(this DayCount dayCount) => _names[(int)dayCount];

    /// <summary>Finds the day count of this name; false, and the default one, where there is none.</summary>
    public static bool TryFind(string? name, out DayCount dayCount)
    {
        var index = Array.IndexOf(_names, name);
        dayCount = (DayCount)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Whether every month from due date to due date is a twelfth of a year, whatever its days.</summary>
    public static bool CountsMonthsAsTwelfths(this DayCount dayCount) =>
        dayCount is DayCount.Thirty360 or DayCount.ThirtyE360 or DayCount.ActualActualIcma;

    /// <summary>The part of a year from a date to a later one, the first day excluded and the last included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The dates are in the wrong order.</exception>
    public static YearFraction YearFraction(this DayCount dayCount, DateOnly from, DateOnly to)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        return dayCount switch
        {
            DayCount.Thirty360 => new(Days360(from, to, to.Day == 31 && from.Day < 30 ? 31 : Math.Min(to.Day, 30)), 360),
            DayCount.ThirtyE360 => new(Days360(from, to, Math.Min(to.Day, 30)), 360),
            DayCount.Actual365Fixed => new(to.DayNumber - from.DayNumber, 365),
            DayCount.Actual360 => new(to.DayNumber - from.DayNumber, 360),
            DayCount.ActualActualIsda => Isda(from, to),
            DayCount.ActualActualIcma => Icma(from, to),
            _ => throw new ArgumentOutOfRangeException(nameof(dayCount), dayCount, "No such day count."),
        };
    }

    private static int Days360(DateOnly from, DateOnly to, int lastDay) =>
        360 * (to.Year - from.Year) + 30 * (to.Month - from.Month) + lastDay - Math.Min(from.Day, 30);

    private static YearFraction Isda(DateOnly from, DateOnly to)
    {
        if (from.Year == to.Year)
        {
            return new(to.DayNumber - from.DayNumber, DaysInYear(from.Year));
        }

        var first = new YearFraction(new DateOnly(from.Year + 1, 1, 1).DayNumber - from.DayNumber, DaysInYear(from.Year));
        var last = new YearFraction(to.DayOfYear - 1, DaysInYear(to.Year));
        var sum = first + last;
        return sum with { Numerator = sum.Numerator + (to.Year - from.Year - 1) * sum.Denominator };
    }

    private static YearFraction Icma(DateOnly from, DateOnly to)
    {
        var interval = CalendarInterval.Back(from, to);
        var months = new YearFraction(interval.Months, 12);
        return interval.Days == 0 ? months : months + interval.PartOfMonthBefore(to);
    }

    private static int DaysInYear(int year) => DateTime.IsLeapYear(year) ? 366 : 365;
}
