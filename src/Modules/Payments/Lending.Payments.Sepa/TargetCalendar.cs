using PublicHoliday;

namespace Lending.Payments.Sepa;

/// <summary>The days on which euro payments are settled: those of TARGET, the system of the European Central Bank.</summary>
public static class TargetCalendar
{
    /// <summary>No debit is handed in earlier than so many days before it is collected, and no transfer before it is sent.</summary>
    public const int MaximumDaysAhead = 14;

    // From when on a bank takes a file for the next day only. Banks differ by an hour or two; this is early enough for most.
    private static readonly TimeOnly _cutOff = new(13, 0);

    private static readonly TimeZoneInfo _frankfurt = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly EcbTargetClosingDay _closed = new();

    /// <summary>Whether payments are settled on the day: no weekend, and none of the six holidays.</summary>
    public static bool IsOpen(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_closed.IsPublicHoliday(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The first open day after this one.</summary>
    public static DateOnly NextAfter(DateOnly day)
    {
        do
        {
            day = day.AddDays(1);
        } while (!IsOpen(day));
        return day;
    }

    /// <summary>The day that it is where the bank is.</summary>
    public static DateOnly DayOf(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, _frankfurt).Date);

    /// <summary>
    /// The first day for which the bank still takes a debit now: the file has to be there one open day before, until the bank closes its books.
    /// </summary>
    public static DateOnly FirstCollectionDay(DateTimeOffset now) => NextAfter(FirstPayoutDay(now));

    /// <summary>The first day on which the bank still sends a transfer that is handed in now.</summary>
    public static DateOnly FirstPayoutDay(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, _frankfurt);
        var today = DateOnly.FromDateTime(local.Date);
        return IsOpen(today) && TimeOnly.FromTimeSpan(local.TimeOfDay) < _cutOff ? today : NextAfter(today);
    }

    /// <summary>The last day for which the bank takes a debit, or a transfer, now.</summary>
    public static DateOnly LastDay(DateTimeOffset now) => DayOf(now).AddDays(MaximumDaysAhead);
}
