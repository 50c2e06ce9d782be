namespace Lending.Identity.Snapshots;

/// <summary>
/// Something small that every request asks for, kept in memory and read anew all the time, so that a request costs no query and all instances follow
/// within 20 seconds. If the database cannot be read, what is older is not used: then every request fails.
/// </summary>
internal sealed class Snapshot<T>(Func<Task<T>> readAsync, TimeProvider clock)
    where T : class
{
    /// <summary>From this age on, it is read again, while requests still use it.</summary>
    private static readonly TimeSpan ReloadAge = TimeSpan.FromSeconds(10);

    /// <summary>From this age on, requests wait for the new one.</summary>
    private static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private Reading? current;
    private Task<Reading>? reload;

    /// <summary>What is known, at most 20 seconds old.</summary>
    public async ValueTask<T> GetAsync(CancellationToken ct)
    {
        var reading = Volatile.Read(ref current);
        while (reading is null || Age(reading) >= ReloadAge)
        {
            var reloading = ReloadOnce();
            if (reading is not null && Age(reading) < MaximumAge)
            {
                break;
            }
            reading = await reloading.WaitAsync(ct);
        }
        return reading.Value;
    }

    private TimeSpan Age(Reading reading) => clock.GetElapsedTime(reading.Timestamp);

    private Task<Reading> ReloadOnce()
    {
        lock (gate)
        {
            if (current is not null && Age(current) < ReloadAge)
            {
                return Task.FromResult(current);
            }
            return reload is { IsCompleted: false } ? reload : reload = Task.Run(LoadAsync);
        }
    }

    private async Task<Reading> LoadAsync()
    {
        // The age counts from before the query, because what is committed during it may be missing.
        var timestamp = clock.GetTimestamp();
        var reading = new Reading(timestamp, await readAsync());
        Volatile.Write(ref current, reading);
        return reading;
    }

    private sealed record Reading(long Timestamp, T Value);
}
