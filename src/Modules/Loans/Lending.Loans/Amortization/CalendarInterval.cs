using System.Runtime.InteropServices;

namespace Lending.Loans.Amortization;

/// <summary>The time between two dates as whole months, counted back from the end, and the days that are left before them.</summary>
/// <param name="Months">How many whole months lie before the end.</param>
/// <param name="Days">How many days lie before those months.</param>
/// <param name="DaysEnd">The day on which the days end and the months begin.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CalendarInterval(int Months, int Days, DateOnly DaysEnd)
{
    /// <summary>A month before <paramref name="to"/> has the same day, or is the last day of a shorter month.</summary>
    public static CalendarInterval Back(DateOnly from, DateOnly to)
    {
        var months = 12 * (to.Year - from.Year) + to.Month - from.Month;
        if (months > 0 && to.AddMonths(-months) < from)
        {
            months--;
        }

        var daysEnd = to.AddMonths(-months);
        // From the end of a long month to the end of a short one, such as 31 January to 28 February, is a month too.
        return from < daysEnd && from.AddMonths(1) <= daysEnd
            ? new(months + 1, 0, from)
            : new(months, daysEnd.DayNumber - from.DayNumber, daysEnd);
    }

    /// <summary>The days as a part of a year, where the month that ends with them is a twelfth.</summary>
    public YearFraction PartOfMonthBefore(DateOnly to) => new(Days, 12L * (DaysEnd.DayNumber - to.AddMonths(-Months - 1).DayNumber));
}
