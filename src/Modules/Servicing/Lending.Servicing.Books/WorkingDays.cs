using System.Collections.Concurrent;
using System.Collections.Frozen;
using PublicHoliday;

namespace Lending.Servicing.Books;

/// <summary>
/// The days on which something has to be done that is due: no Saturday, no Sunday, no holiday (§ 193 BGB). The law asks for the holidays where the borrower
/// lives, which the books do not know: a holiday of any German state counts.
/// </summary>
internal static class WorkingDays
{
    private static readonly GermanPublicHoliday[] _states =
    [
        .. Enum.GetValues<GermanPublicHoliday.States>().Select(state => new GermanPublicHoliday { State = state }),
    ];

    private static readonly ConcurrentDictionary<int, FrozenSet<DateOnly>> _holidays = new();

    /// <summary>The day itself, or the first working day after it.</summary>
    public static DateOnly OnOrAfter(DateOnly day)
    {
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || IsHoliday(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    private static bool IsHoliday(DateOnly day) =>
        _holidays
            .GetOrAdd(day.Year, year => _states.SelectMany(state => state.PublicHolidays(year)).Select(DateOnly.FromDateTime).ToFrozenSet())
            .Contains(day);
}
