using System.Runtime.InteropServices;

namespace Lending.Loans.Amortization;

/// <summary>The time between two dates as whole months, counted back from the end, and the days that are left before them.</summary>
/// <param name="Months">How many whole months lie before the end.</param>
/// <param name="Days">How many days lie before those months.</param>
/// <param name="DaysEnd">The day on which the days end and the months begin.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CalendarInterval(int Months, int Days, DateOnly DaysEnd)
{
    /// <summary>
    /// Months are counted back from <paramref name="to"/>; where <paramref name="to"/> is the last day of a shorter month, and so the day
    /// that .NET finds some months after <paramref name="from"/> (28 February after 31 January), those months are whole too.
    /// </summary>
    public static CalendarInterval Back(DateOnly from, DateOnly to)
    {
        var months = 12 * (to.Year - from.Year) + to.Month - from.Month;
        if (to.AddMonths(-months) < from)
        {
            if (from.AddMonths(months) == to)
            {
                return new(months, 0, from);
            }

            months--;
        }

        var daysEnd = to.AddMonths(-months);
        return new(months, daysEnd.DayNumber - from.DayNumber, daysEnd);
    }

    /// <summary>The days as a part of a year, where the month that ends with them is a twelfth.</summary>
    public YearFraction PartOfMonthBefore(DateOnly to) => new(Days, 12L * (DaysEnd.DayNumber - to.AddMonths(-Months - 1).DayNumber));
}
