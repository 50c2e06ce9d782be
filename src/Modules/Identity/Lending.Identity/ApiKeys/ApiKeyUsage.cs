using System.Collections.Concurrent;
using Lending.Platform.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lending.Identity.ApiKeys;

/// <summary>
/// Counts how often each key is used on each day (UTC). A request only adds to a number in memory; the numbers are written once a minute and when the
/// host stops. A process that is killed loses those of its last minute.
/// </summary>
internal sealed class ApiKeyUsage(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<ApiKeyUsage> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Guid KeyId, DateOnly Day), Counter> counters = new();

    /// <summary>Counts a request with this key.</summary>
    public void Count(Guid keyId, DateTimeOffset now) =>
        counters.GetOrAdd((keyId, DateOnly.FromDateTime(now.UtcDateTime)), _ => new Counter()).Add(now);

    /// <summary>Writes what was counted since the last time.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var taken = new List<(Guid KeyId, DateOnly Day, Counter Counter, long Requests)>();
        foreach (var ((keyId, day), counter) in counters)
        {
            if (counter.Take() is var requests and > 0)
            {
                taken.Add((keyId, day, counter, requests));
            }
            else if (day < today)
            {
                counters.TryRemove((keyId, day), out _);
            }
        }
        if (taken.Count == 0)
        {
            return;
        }
        try
        {
            await WriteAsync(taken, ct);
        }
        catch
        {
            taken.ForEach(entry => entry.Counter.GiveBack(entry.Requests));
            throw;
        }
    }

    /// <summary>Writes what was counted since the last minute, too.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            await TryWriteAsync(stoppingToken);
        }
    }

    private async Task TryWriteAsync(CancellationToken ct)
    {
        try
        {
            await WriteAsync(ct);
        }
        // The database may be away for a moment. An exception would end the host, and what was counted is kept for the next time.
        catch (Exception exception)
        {
            logger.LogError("The use of API keys could not be written: {Error}", exception.GetType().Name);
        }
    }

    // In the order of their keys, so that two instances do not wait for each other's rows. A key may have been deleted with its organisation.
    private Task<int> WriteAsync(List<(Guid KeyId, DateOnly Day, Counter Counter, long Requests)> taken, CancellationToken ct) =>
        dataSource.ExecuteOverEveryOrganizationAsync(
            """
            INSERT INTO identity.api_key_days AS known (api_key_id, day, requests, last_used_at)
            SELECT used.* FROM unnest($1, $2, $3, $4) AS used (api_key_id, day, requests, last_used_at)
            JOIN identity.api_keys ON api_keys.id = used.api_key_id
            ORDER BY used.api_key_id, used.day
            ON CONFLICT (api_key_id, day) DO UPDATE SET
                requests = known.requests + excluded.requests, last_used_at = greatest(known.last_used_at, excluded.last_used_at)
            """,
            [
                new NpgsqlParameter<Guid[]> { TypedValue = [.. taken.Select(entry => entry.KeyId)] },
                new NpgsqlParameter<DateOnly[]> { TypedValue = [.. taken.Select(entry => entry.Day)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. taken.Select(entry => entry.Requests)] },
                new NpgsqlParameter<DateTimeOffset[]> { TypedValue = [.. taken.Select(entry => entry.Counter.LastUsedAt)] },
            ],
            ct
        );

    private sealed class Counter
    {
        private long requests;
        private long lastUsedTicks;

        public DateTimeOffset LastUsedAt => new(Interlocked.Read(ref lastUsedTicks), TimeSpan.Zero);

        public void Add(DateTimeOffset now)
        {
            Interlocked.Exchange(ref lastUsedTicks, now.UtcTicks);
            Interlocked.Increment(ref requests);
        }

        public long Take() => Interlocked.Exchange(ref requests, 0);

        public void GiveBack(long taken) => Interlocked.Add(ref requests, taken);
    }
}
