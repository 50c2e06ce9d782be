namespace Lending.Kernel;

/// <summary>Days as they are counted in an organisation's time zone.</summary>
public static class LocalDay
{
    /// <summary>The day that it is in the time zone now.</summary>
    public static DateOnly Of(DateTimeOffset now, string timeZone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).Date);

    /// <summary>The moment at which the day is over in the time zone: the first one of the next day, in UTC.</summary>
    public static DateTimeOffset EndOf(DateOnly day, string timeZone)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        // Where clocks go back over midnight it comes twice, and the first one counts. Where they skip it, the old offset tells the moment of the skip.
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }
}
