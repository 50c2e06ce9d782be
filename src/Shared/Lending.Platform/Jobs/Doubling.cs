namespace Lending.Platform.Jobs;

/// <summary>How long to wait until what failed is tried again.</summary>
public static class Doubling
{
    // A million times as long as the shortest, which is more than anybody waits; many more would overflow.
    private const int MostDoublings = 20;

    /// <summary>The shortest time after the first failure, then twice as long each time, up to the longest.</summary>
    /// <param name="attempts">How often it has failed; at least once.</param>
    /// <param name="shortest">After the first failure; at most a day.</param>
    /// <param name="longest">At most so long.</param>
    public static TimeSpan After(int attempts, TimeSpan shortest, TimeSpan longest) =>
        TimeSpan.FromTicks(Math.Min(shortest.Ticks << Math.Min(attempts - 1, MostDoublings), longest.Ticks));
}
