namespace Lending.Platform.Persistence;

/// <summary>Times as PostgreSQL keeps them.</summary>
public static class StorableTime
{
    /// <summary>Now, in whole microseconds: what is answered right after a write is then what later reads answer.</summary>
    public static DateTimeOffset GetStorableNow(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
