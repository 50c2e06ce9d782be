namespace Lending.Platform.Persistence;

/// <summary>Times as PostgreSQL keeps them.</summary>
public static class StorableTime
{
    /// <summary>Now, in whole microseconds: what is answered right after a write is then what later reads answer.</summary>
    public static DateTimeOffset GetStorableNow(this TimeProvider clock) => clock.GetUtcNow().ToStorable();

    /// <summary>The same time in UTC and whole microseconds.</summary>
    public static DateTimeOffset ToStorable(this DateTimeOffset time) =>
        time.ToUniversalTime().AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
