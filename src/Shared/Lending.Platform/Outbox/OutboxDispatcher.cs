using System.Diagnostics;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Jobs;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lending.Platform.Outbox;

/// <summary>
/// Delivers the events in the modules' outboxes to their handlers. It locks the rows that it works on, so that any number of instances share the
/// work. If an instance dies before it has recorded a delivery, another one delivers the event again. An instance takes only the types of event that
/// it has handlers for: during a deployment, those that only the new version handles wait for an instance of it. An event waits for the earlier ones of its
/// aggregate that are handled here, whichever instance is at work on them.
/// </summary>
internal sealed class OutboxDispatcher(
    IServiceScopeFactory scopes,
    NpgsqlDataSource dataSource,
    IEnumerable<ModuleDatabase> databases,
    IEnumerable<EventSubscription> eventSubscriptions,
    OldEvents oldEvents,
    OutboxBell bell,
    SandboxClocks clocks,
    IOptions<OutboxOptions> options,
    TimeProvider clock,
    ILogger<OutboxDispatcher> logger
) : BackgroundService
{
    /// <summary>Then an event is dead. The last attempt comes ten and a half hours after the first.</summary>
    internal const int MostAttempts = 20;

    private static readonly TimeSpan LongestHandling = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestBatch = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);
    private static readonly TimeSpan DeletionInterval = TimeSpan.FromHours(1);

    private readonly string[] outboxes = [.. OutboxSql.SchemasOf(databases).Select(OutboxSql.TableOf)];

    private readonly ILookup<string, EventSubscription> subscriptions = eventSubscriptions.ToLookup(
        subscription => subscription.EventType,
        StringComparer.Ordinal
    );

    private readonly string[] handledTypes =
    [
        .. eventSubscriptions.Select(subscription => subscription.EventType).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Delivers everything that is due.</summary>
    public async Task DeliverDueAsync(CancellationToken ct)
    {
        if (handledTypes.Length == 0)
        {
            return;
        }
        foreach (var outbox in outboxes)
        {
            // Until nothing is left: each delivery may have made way for the aggregate's next event.
            while (await DeliverBatchAsync(outbox, ct) > 0 && !ct.IsCancellationRequested) { }
        }
    }

    /// <summary>Deletes what was delivered long ago, and what nobody handles.</summary>
    public Task DeleteOldAsync(CancellationToken ct) => oldEvents.DeleteAsync(outboxes, handledTypes, ct);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (outboxes.Length == 0)
        {
            return;
        }
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
            try
            {
                await DeliverDueAsync(stoppingToken);
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
                    logger.LogError("Events cannot be delivered now: {Error}", Describe(exception));
                }
            }
        }
    }

    private async Task<int> DeliverBatchAsync(string outbox, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await transaction.SeeEveryOrganizationAsync(ct);
        var due = await OutboxBatch.TakeDueAsync(connection, outbox, handledTypes, clock.GetUtcNow(), ct);
        var start = clock.GetTimestamp();
        var outcomes = new List<OutboxBatch.Outcome>(due.Count);
        // Events that there is no time left for are unlocked when the transaction ends, and taken with the next batch.
        foreach (var message in due.TakeWhile(_ => clock.GetElapsedTime(start) < LongestBatch))
        {
            if (await DeliverAsync(message, ct) is not { } outcome)
            {
                break;
            }
            outcomes.Add(outcome);
        }
        if (outcomes.Count > 0)
        {
            // Recorded even while the host stops, so that these events are not delivered again.
            await OutboxBatch.RecordAsync(connection, outbox, outcomes);
            await transaction.CommitAsync(CancellationToken.None);
        }
        return outcomes.Count;
    }

    /// <summary>Calls every handler, even if another one fails. Null when the host stopped in between: then nobody knows what was done.</summary>
    private async Task<OutboxBatch.Outcome?> DeliverAsync(OutboxBatch.Message message, CancellationToken ct)
    {
        string? error = null;
        foreach (var subscription in subscriptions[message.Type])
        {
            try
            {
                await HandleAsync(subscription, message, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return null;
            }
            catch (Exception exception)
            {
                error = $"{subscription.Handler}: {Describe(exception)}";
                logger.LogError(
                    "{Handler} failed at {EventType} {MessageId}, attempt {Attempt}: {Error} {StackTrace}",
                    subscription.Handler,
                    message.Type,
                    message.Id,
                    message.Attempts + 1,
                    Describe(exception),
                    exception.StackTrace
                );
            }
        }
        var now = clock.GetUtcNow();
        if (error is null)
        {
            return new OutboxBatch.Outcome(message, now, null, now, null);
        }
        var isDead = message.Attempts + 1 >= MostAttempts;
        if (isDead)
        {
            logger.LogError("{EventType} {MessageId} is given up after {Attempts} attempts", message.Type, message.Id, MostAttempts);
        }
        return new OutboxBatch.Outcome(
            message,
            null,
            isDead ? now : null,
            now + Doubling.After(message.Attempts + 1, ShortestDelay, LongestDelay),
            error[..Math.Min(error.Length, OutboxMessage.MaximumErrorLength)]
        );
    }

    private async Task HandleAsync(EventSubscription subscription, OutboxBatch.Message message, CancellationToken ct)
    {
        using var activity = OutboxFigures.StartActivity(
            $"{message.Type} {subscription.Handler}",
            ActivityKind.Consumer,
            message.TraceParent
        );
        await clocks.FollowAsync(message.OrganizationId, ct);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(message.OrganizationId, UserReference.System);
        using var timeout = new CancellationTokenSource(LongestHandling, clock);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        await subscription.HandleAsync(scope.ServiceProvider, message.Payload, message.Id, limited.Token);
    }

    // Never the exception's message, which may quote data.
    private static string Describe(Exception exception) =>
        exception is PostgresException postgres
            ? FormattableString.Invariant($"{exception.GetType().FullName} {postgres.SqlState}")
            : exception.GetType().FullName!;
}
