using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Lending.Platform.Persistence.Standby;

/// <summary>
/// A copy of the database that follows it, from which lists and reports are read where <c>ConnectionStrings__Standby</c> names one. It is always a little late. A singleton.
/// </summary>
internal sealed class StandbyDatabase(
    IConfiguration configuration,
    SlowStatements statements,
    IOptions<DatabaseOptions> limits,
    TimeProvider clock
) : IAsyncDisposable
{
    /// <summary>The name of the connection string.</summary>
    public const string ConnectionStringName = "Standby";

    /// <summary>How long nobody is sent to it after it was away: as long as others would wait for it in vain.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource? source = configuration.GetConnectionString(ConnectionStringName) is { Length: > 0 } connection
        ? LendingPlatform.NewDataSource(connection, "lending-standby", statements, limits.Value)
        : null;

    // The furthest that it is known to have come: it never goes back.
    private ulong replayed;
    private long awaySince;
    private volatile bool isAway;

    /// <summary>Whether there is one.</summary>
    public bool IsSet => source is not null;

    /// <summary>The connections to it.</summary>
    public NpgsqlDataSource Source =>
        source ?? throw new InvalidOperationException($"ConnectionStrings__{ConnectionStringName} is not set.");

    /// <summary>Whether it answers, as far as is known, and has come as far as this place in the log; null: however far it has come.</summary>
    public async ValueTask<bool> HasReplayedAsync(NpgsqlLogSequenceNumber? place, CancellationToken ct)
    {
        var wasAway = isAway;
        // After each pause one request asks whether it is back, and the others go on without it.
        if (wasAway && !MayAskAgain())
        {
            return false;
        }
        if (!wasAway && (place is null || (ulong)place.Value <= Volatile.Read(ref replayed)))
        {
            return true;
        }
        try
        {
            await using var command = Source.CreateCommand("SELECT pg_last_wal_replay_lsn()");
            // Null where it is no standby any more: then nobody knows whose log the place is in.
            if (await command.ExecuteScalarAsync(ct) is not NpgsqlLogSequenceNumber now)
            {
                return false;
            }
            Advance((ulong)now);
            return place is null || place.Value <= now;
        }
        catch (NpgsqlException)
        {
            Leave();
            return false;
        }
    }

    /// <summary>Sends nobody to it for a while: it is away.</summary>
    public void Leave()
    {
        Interlocked.Exchange(ref awaySince, clock.GetTimestamp());
        isAway = true;
    }

    private bool MayAskAgain()
    {
        var since = Interlocked.Read(ref awaySince);
        return clock.GetElapsedTime(since) >= Pause && Interlocked.CompareExchange(ref awaySince, clock.GetTimestamp(), since) == since;
    }

    public ValueTask DisposeAsync() => source?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Advance(ulong to)
    {
        isAway = false;
        var known = Volatile.Read(ref replayed);
        while (to > known && Interlocked.CompareExchange(ref replayed, to, known) != known)
        {
            known = Volatile.Read(ref replayed);
        }
    }
}
