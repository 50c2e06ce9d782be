namespace Lending.Seeding;

/// <summary>When the rows of a growing business came into being: in the three years before a day, ever more of them, during the day.</summary>
public sealed class SeedCalendar(DateOnly until)
{
    private const int Years = 3;
    private static readonly TimeSpan DayBegins = TimeSpan.FromHours(6);
    private static readonly TimeSpan DayLength = TimeSpan.FromHours(12);

    private readonly int days = until.DayNumber - until.AddYears(-Years).DayNumber;

    /// <summary>The first moment.</summary>
    public DateTimeOffset Begin { get; } = new(until.AddYears(-Years), TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>The end: nothing happened later.</summary>
    public DateTimeOffset End { get; } = new(until, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>The moment of one row among so many; a later row never has an earlier moment.</summary>
    public DateTimeOffset At(int number, int count, SeedRandom random)
    {
        // Square roots are exact on every machine; other curves are not.
        var day = days * Math.Sqrt((number + random.Share()) / count);
        var whole = Math.Min((int)day, days - 1);
        return Begin.AddDays(whole) + DayBegins + TimeSpan.FromMilliseconds((long)((day - whole) * DayLength.TotalMilliseconds));
    }

    /// <summary>The number of the row among so many whose moment is about this one.</summary>
    public int NumberAt(DateTimeOffset moment, int count)
    {
        var share = Math.Clamp((moment - Begin).TotalDays / days, 0, 1);
        return Math.Min((int)(count * share * share), count - 1);
    }
}
