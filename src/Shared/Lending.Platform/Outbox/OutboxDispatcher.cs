using System.Collections.Concurrent;
using Lending.Platform.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lending.Platform.Outbox;

/// <summary>
/// Delivers the events in the modules' outboxes to their handlers. It locks the rows that it works on, so that any number of instances share the
/// work. If an instance dies before it has recorded a delivery, another one delivers the event again. An instance takes only the types of event that
/// it has handlers for: during a deployment, those that only the new version handles wait for an instance of it. An event waits for the earlier ones of its
/// aggregate that are handled here, whichever instance is at work on them, and for nothing else: what takes long goes on by itself.
/// </summary>
internal sealed class OutboxDispatcher(
    NpgsqlDataSource dataSource,
    IEnumerable<ModuleDatabase> databases,
    OutboxHandlers handlers,
    OldEvents oldEvents,
    OutboxBell bell,
    IOptions<OutboxOptions> options,
    TimeProvider clock,
    ILogger<OutboxDispatcher> logger
) : BackgroundService
{
    /// <summary>How many deliveries of a type may go on by themselves. Beyond, those of its events that are left wait.</summary>
    private const int MostLateOfType = 4;

    private const int MostLate = 16;

    private static readonly TimeSpan LongestBatch = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DeletionInterval = TimeSpan.FromHours(1);

    private readonly string[] outboxes = [.. OutboxSql.SchemasOf(databases).Select(OutboxSql.TableOf)];

    /// <summary>So long others wait for a delivery: few handlers ask other systems, and the rest takes milliseconds.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(250);

    // Deliveries that go on by themselves, and the types of their events.
    private readonly ConcurrentDictionary<Task, string> late = new();

    /// <summary>Delivers everything that is due, however long it takes.</summary>
    public async Task DeliverDueAsync(CancellationToken ct)
    {
        var started = new List<Task>();
        do
        {
            started.Clear();
            await DeliverDueAsync(started, ct);
            await Task.WhenAll(started);
        } while (started.Count > 0 && !ct.IsCancellationRequested);
    }

    /// <summary>Deletes what was delivered long ago, and what nobody handles.</summary>
    public Task DeleteOldAsync(CancellationToken ct) => oldEvents.DeleteAsync(outboxes, handlers.Types, ct);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (outboxes.Length == 0)
        {
            return;
        }
        var goingOn = new List<Task>();
        await DeliverUntilStoppedAsync(goingOn, stoppingToken);
        await Task.WhenAll(goingOn);
    }

    private async Task DeliverUntilStoppedAsync(List<Task> goingOn, CancellationToken stoppingToken)
    {
        var nextDeletion = clock.GetUtcNow();
        var pause = TimeSpan.FromSeconds(options.Value.PollSeconds);
        while (true)
        {
            // What nobody rings for is an attempt that is due again, or of an instance that died.
            await bell.WaitToDeliverAsync(pause, clock, stoppingToken);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            var started = new List<Task>();
            try
            {
                await DeliverDueAsync(started, stoppingToken);
                if (clock.GetUtcNow() >= nextDeletion)
                {
                    await DeleteOldAsync(stoppingToken);
                    nextDeletion = clock.GetUtcNow() + DeletionInterval;
                }
            }
            // The database may be down for a moment, or not migrated yet. An exception would end the host, so it is logged and tried again.
            catch (Exception exception)
            {
                if (!stoppingToken.IsCancellationRequested)
                {
                    logger.LogError("Events cannot be delivered now: {Error}", OutboxHandlers.Describe(exception));
                }
            }
            goingOn.RemoveAll(task => task.IsCompleted);
            goingOn.AddRange(started.Select(RingAfterAsync));
        }
    }

    /// <summary>Delivers what is due, but for what takes long: that has been started.</summary>
    private async Task DeliverDueAsync(List<Task> started, CancellationToken ct)
    {
        if (handlers.Types.Length == 0)
        {
            return;
        }
        foreach (var outbox in outboxes)
        {
            // Until nothing is left: each delivery may have made way for the aggregate's next event.
            while (await DeliverBatchAsync(outbox, started, ct) > 0 && !ct.IsCancellationRequested) { }
        }
    }

    private async Task<int> DeliverBatchAsync(string outbox, List<Task> started, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await transaction.SeeEveryOrganizationAsync(ct);
        var types = handlers.Types.Where(type => late.Values.Count(of => of == type) < MostLateOfType).ToArray();
        var due = await OutboxBatch.TakeDueAsync(connection, outbox, types, handlers.Types, clock.GetUtcNow(), ct);
        var start = clock.GetTimestamp();
        var outcomes = new List<OutboxBatch.Outcome>(due.Count);
        var left = 0;
        // Events that there is no time left for are unlocked when the transaction ends, and taken with the next batch.
        foreach (var message in due.TakeWhile(_ => clock.GetElapsedTime(start) < LongestBatch))
        {
            var delivery = handlers.DeliverAsync(message, ct);
            if (await TakesLongAsync(delivery))
            {
                // Known before anything else can fail, so that it is recorded whatever comes; that waits for this transaction.
                started.Add(GoOnAsync(outbox, message, delivery));
                // From here on a time keeps others from it, as the transaction ends.
                await OutboxBatch.PostponeAsync(connection, outbox, message, clock.GetUtcNow() + handlers.LongestDelivery(message.Type));
                left = 1;
                break;
            }
            if (await delivery is not { } outcome)
            {
                break;
            }
            outcomes.Add(outcome);
        }
        if (outcomes.Count + left > 0)
        {
            // Recorded even while the host stops, so that these events are not delivered again.
            await OutboxBatch.RecordAsync(connection, outbox, outcomes);
            await transaction.CommitAsync(CancellationToken.None);
        }
        return outcomes.Count + left;
    }

    // For what has waited for it: the aggregate's next event, or others of its type.
    private async Task RingAfterAsync(Task recorded)
    {
        await recorded;
        bell.RingHere();
    }

    private async Task<bool> TakesLongAsync(Task delivery)
    {
        if (late.Count >= MostLate)
        {
            return false;
        }
        await delivery.WaitAsync(Patience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !delivery.IsCompleted;
    }

    private async Task GoOnAsync(string outbox, OutboxBatch.Message message, Task<OutboxBatch.Outcome?> delivery)
    {
        late[delivery] = message.Type;
        await RecordWhenDoneAsync(outbox, message, delivery);
        late.TryRemove(delivery, out _);
    }

    private async Task RecordWhenDoneAsync(string outbox, OutboxBatch.Message message, Task<OutboxBatch.Outcome?> delivery)
    {
        try
        {
            var outcome = await delivery;
            await using var connection = await dataSource.OpenConnectionAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            await transaction.SeeEveryOrganizationAsync(CancellationToken.None);
            if (outcome is null)
            {
                // Nobody knows what was done: another instance may begin at once.
                await OutboxBatch.PostponeAsync(connection, outbox, message, clock.GetUtcNow());
            }
            else
            {
                await OutboxBatch.RecordAsync(connection, outbox, [outcome]);
            }
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            // The database may be away just now. The event is delivered again when its time is over.
            logger.LogError(
                "What became of {EventType} {MessageId} cannot be recorded: {Error}",
                message.Type,
                message.Id,
                OutboxHandlers.Describe(exception)
            );
        }
    }
}
