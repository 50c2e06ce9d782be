using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lending.Platform.Outbox;

/// <summary>
/// Carries the bell from one instance to the others, by NOTIFY and LISTEN. Told after the commit and not in the writer's transaction, because PostgreSQL lets
/// such transactions commit one at a time only.
/// </summary>
internal sealed class OutboxNotices(
    OutboxBell bell,
    NpgsqlDataSource dataSource,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<OutboxNotices> logger
) : BackgroundService
{
    private const string Channel = "lending_outbox";
    private const int KeepAliveSeconds = 30;

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);

    // Tells our own notices from those of others.
    private readonly string own = Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(UntilStoppedAsync(TellAsync, stoppingToken), UntilStoppedAsync(ListenAsync, stoppingToken));

    private static async Task UntilStoppedAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        try
        {
            await work(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TellAsync(CancellationToken ct)
    {
        while (true)
        {
            await bell.WaitForOthersAsync(ct);
            try
            {
                await using var notify = dataSource.CreateCommand("SELECT pg_notify($1, $2)");
                notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Channel });
                notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = own });
                await notify.ExecuteNonQueryAsync(ct);
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                logger.LogWarning(
                    "Other instances could not be told of an event, and find it when they look: {Error}",
                    exception.GetType().Name
                );
            }
            await Task.Delay(Gathering, clock, ct);
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var database = ListeningDatabase();
        var isTold = false;
        while (true)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(ct);
                if (!await IsDirectAsync(connection, ct))
                {
                    logger.LogInformation(
                        "Between here and PostgreSQL is a pool of connections, so events of other instances are looked for now and then"
                    );
                    return;
                }
                connection.Notification += (_, notice) => Hear(notice);
                await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
                {
                    await listen.ExecuteNonQueryAsync(ct);
                }
                isTold = false;
                // What happened while nobody listened.
                bell.RingHere();
                while (true)
                {
                    await connection.WaitAsync(ct);
                }
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                if (!isTold)
                {
                    isTold = true;
                    logger.LogWarning(
                        "Other instances are not heard now, so their events are looked for now and then: {Error}",
                        exception.GetType().Name
                    );
                }
                await Task.Delay(RetryPause, clock, ct);
            }
        }
    }

    private void Hear(NpgsqlNotificationEventArgs notice)
    {
        if (notice.Channel == Channel && notice.Payload != own)
        {
            bell.RingHere();
        }
    }

    /// <summary>Whether the process that was named when we connected is the one that answers. A pool names none of PostgreSQL's, and would not pass notices on.</summary>
    private static async Task<bool> IsDirectAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var ask = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        return (int)(await ask.ExecuteScalarAsync(ct))! == connection.ProcessID;
    }

    // A connection of its own: requests share the others. It is asked now and then whether it is still there, as nothing else is sent.
    private NpgsqlDataSource ListeningDatabase() =>
        new NpgsqlDataSourceBuilder(
            new NpgsqlConnectionStringBuilder(configuration.GetConnectionString(LendingPlatform.ConnectionStringName))
            {
                Pooling = false,
                KeepAlive = KeepAliveSeconds,
            }.ConnectionString
        )
        {
            // Metrics would name its connection string.
            Name = "notices",
        }.Build();
}
