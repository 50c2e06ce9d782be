using System.Collections.Concurrent;
using Lending.Platform.Clocks;
using Lending.Platform.Jobs;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lending.Platform.Broker;

/// <summary>
/// Tells the broker of all events, in the order in which they were kept for it. One instance of all does it at a time. What the broker has not confirmed is told
/// again, with the same id.
/// </summary>
internal sealed class BrokerRelay(
    BrokerAddress address,
    NpgsqlDataSource dataSource,
    OutboxBell bell,
    SandboxClocks clocks,
    IOptions<OutboxOptions> options,
    TimeProvider clock,
    ILogger<BrokerRelay> logger
) : BackgroundService
{
    private const int BatchSize = 100;

    private static readonly TimeSpan LongestBatch = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var broker = await RabbitBroker.ConnectAsync(address, stoppingToken);
                while (broker.IsOpen && !stoppingToken.IsCancellationRequested)
                {
                    // Until nothing is left, as nobody rings for what waits already.
                    while (await RelayBatchAsync(broker, stoppingToken) > 0) { }
                    if (failures > 0)
                    {
                        failures = 0;
                        logger.LogInformation("The broker is told of events again");
                    }
                    await bell.WaitToRelayAsync(TimeSpan.FromSeconds(options.Value.PollSeconds), clock, stoppingToken);
                }
            }
            // The broker or the database is away. An exception would end the host, so it is logged, once an outage, and tried again.
            catch (Exception exception)
            {
                if (failures++ == 0 && !stoppingToken.IsCancellationRequested)
                {
                    // Never its message, which may have the address in it.
                    logger.LogWarning("The broker cannot be told of events now: {Error}", exception.GetType().FullName);
                }
                var delay = Doubling.After(failures, ShortestDelay, LongestDelay);
                await Task.Delay(delay, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Tells of those that have waited longest. 0 where there are none, or where another instance is at it.</summary>
    private async Task<int> RelayBatchAsync(RabbitBroker broker, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await transaction.SeeEveryOrganizationAsync(ct);
        if (!await BrokerMessages.TryTakeTurnAsync(connection, ct))
        {
            return 0;
        }
        var waiting = await BrokerMessages.FirstAsync(connection, BatchSize, ct);
        if (waiting.Count == 0)
        {
            return 0;
        }
        // A sandbox is there before anything happens in it, so none of these is missed. What happens there never leaves.
        await clocks.ReadAllAsync(ct);
        var (untold, told) = (
            waiting.Where(message => clocks.IsSandbox(message.OrganizationId)).ToList(),
            waiting.Where(message => !clocks.IsSandbox(message.OrganizationId))
        );
        var confirmed = new ConcurrentBag<Guid>(untold.Select(message => message.Id));
        using var timeout = new CancellationTokenSource(LongestBatch, clock);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            await broker.PublishAsync(told, confirmed.Add, limited.Token);
        }
        finally
        {
            if (!confirmed.IsEmpty)
            {
                await BrokerMessages.RemoveAsync(connection, [.. confirmed]);
                await transaction.CommitAsync(CancellationToken.None);
            }
        }
        return waiting.Count;
    }
}
