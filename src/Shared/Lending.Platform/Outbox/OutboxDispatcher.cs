using System.Diagnostics;
using Lending.Kernel;
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
    IOptions<OutboxOptions> options,
    TimeProvider clock,
    ILogger<OutboxDispatcher> logger
) : BackgroundService
{
    private const int BatchSize = 50;

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
        var due = await TakeDueAsync(connection, outbox, ct);
        var start = clock.GetTimestamp();
        var outcomes = new List<Outcome>(due.Count);
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
            await RecordAsync(connection, outbox, outcomes);
            await transaction.CommitAsync(CancellationToken.None);
        }
        return outcomes.Count;
    }

    // Up to a batch of each type, each found by the index: however many events of other types wait, they are not looked at. An earlier event of the same
    // aggregate was committed before, so whoever sees this one sees that one, too: delivered, or in its way.
    private async Task<List<Message>> TakeDueAsync(NpgsqlConnection connection, string outbox, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand(
            $"""
            SELECT due.id, due.organization_id, due.aggregate_id, due.number, due.type, due.payload, due.attempts, due.trace_parent
            FROM unnest($2) AS handled (type) CROSS JOIN LATERAL (
                SELECT message.* FROM {outbox} AS message
                WHERE type = handled.type AND delivered_at IS NULL AND died_at IS NULL AND next_attempt_at <= $1 AND NOT EXISTS (
                    SELECT FROM {outbox} AS earlier
                    WHERE earlier.aggregate_id = message.aggregate_id AND earlier.number < message.number AND earlier.delivered_at IS NULL
                        AND earlier.type = ANY ($2)
                )
                ORDER BY next_attempt_at, id LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
            ) AS due
            ORDER BY due.next_attempt_at, due.number
            """,
            connection
        );
        select.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });
        select.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = handledTypes });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var due = new List<Message>();
        while (await reader.ReadAsync(ct))
        {
            due.Add(
                new Message(
                    reader.GetGuid(0),
                    reader.GetGuid(1),
                    reader.IsDBNull(2) ? null : reader.GetGuid(2),
                    reader.GetInt64(3),
                    reader.GetString(4),
                    reader.GetString(5),
                    reader.GetInt32(6),
                    reader.IsDBNull(7) ? null : reader.GetString(7)
                )
            );
        }
        return due;
    }

    /// <summary>Calls every handler, even if another one fails. Null when the host stopped in between: then nobody knows what was done.</summary>
    private async Task<Outcome?> DeliverAsync(Message message, CancellationToken ct)
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
            return new Outcome(message, now, null, now, null);
        }
        var isDead = message.Attempts + 1 >= MostAttempts;
        if (isDead)
        {
            logger.LogError("{EventType} {MessageId} is given up after {Attempts} attempts", message.Type, message.Id, MostAttempts);
        }
        return new Outcome(
            message,
            null,
            isDead ? now : null,
            now + DelayAfter(message.Attempts + 1),
            error[..Math.Min(error.Length, OutboxMessage.MaximumErrorLength)]
        );
    }

    private async Task HandleAsync(EventSubscription subscription, Message message, CancellationToken ct)
    {
        // In the trace of the request that made the event, however much later.
        using var activity = ActivityContext.TryParse(message.TraceParent, traceState: null, isRemote: true, out var cause)
            ? OutboxFigures.Source.StartActivity($"{message.Type} {subscription.Handler}", ActivityKind.Consumer, cause)
            : null;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(message.OrganizationId, UserReference.System);
        using var timeout = new CancellationTokenSource(LongestHandling, clock);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        await subscription.HandleAsync(scope.ServiceProvider, message.Payload, message.Id, limited.Token);
    }

    private static async Task RecordAsync(NpgsqlConnection connection, string outbox, List<Outcome> outcomes)
    {
        await using var update = new NpgsqlCommand(
            $"""
            UPDATE {outbox} AS message
            SET attempts = attempts + 1, delivered_at = outcome.delivered_at, died_at = outcome.died_at,
                next_attempt_at = outcome.next_attempt_at, last_error = outcome.error
            FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::text[])
                AS outcome (id, delivered_at, died_at, next_attempt_at, error)
            WHERE message.id = outcome.id
            """,
            connection
        );
        update.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. outcomes.Select(outcome => outcome.Message.Id)] });
        update.Parameters.Add(new NpgsqlParameter<DateTimeOffset?[]> { TypedValue = [.. outcomes.Select(outcome => outcome.DeliveredAt)] });
        update.Parameters.Add(new NpgsqlParameter<DateTimeOffset?[]> { TypedValue = [.. outcomes.Select(outcome => outcome.DiedAt)] });
        update.Parameters.Add(
            new NpgsqlParameter<DateTimeOffset[]> { TypedValue = [.. outcomes.Select(outcome => outcome.NextAttemptAt)] }
        );
        update.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. outcomes.Select(outcome => outcome.Error)] });
        await update.ExecuteNonQueryAsync(CancellationToken.None);
        if (outcomes.Where(outcome => outcome.DeliveredAt is null && outcome.Message.AggregateId is not null).ToList() is [_, ..] failed)
        {
            await HoldUpLaterAsync(connection, outbox, failed);
        }
    }

    // What has to wait for an event that failed is not due before it: else each look would walk over all of them.
    private static async Task HoldUpLaterAsync(NpgsqlConnection connection, string outbox, List<Outcome> failed)
    {
        await using var update = new NpgsqlCommand(
            $"""
            UPDATE {outbox} AS later
            SET next_attempt_at = failed.next_attempt_at
            FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) AS failed (aggregate_id, number, next_attempt_at)
            WHERE later.aggregate_id = failed.aggregate_id AND later.number > failed.number AND later.delivered_at IS NULL
                AND later.next_attempt_at < failed.next_attempt_at
            """,
            connection
        );
        update.Parameters.Add(
            new NpgsqlParameter<Guid[]> { TypedValue = [.. failed.Select(outcome => outcome.Message.AggregateId!.Value)] }
        );
        update.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. failed.Select(outcome => outcome.Message.Number)] });
        update.Parameters.Add(new NpgsqlParameter<DateTimeOffset[]> { TypedValue = [.. failed.Select(outcome => outcome.NextAttemptAt)] });
        await update.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>5 seconds after the first failure, then twice as long each time, up to an hour.</summary>
    private static TimeSpan DelayAfter(int attempts) =>
        // The tenth doubling is more than an hour already; many more would overflow.
        TimeSpan.FromTicks(Math.Min(ShortestDelay.Ticks << Math.Min(attempts - 1, 10), LongestDelay.Ticks));

    // Never the exception's message, which may quote data.
    private static string Describe(Exception exception) =>
        exception is PostgresException postgres
            ? FormattableString.Invariant($"{exception.GetType().FullName} {postgres.SqlState}")
            : exception.GetType().FullName!;

    private sealed record Message(
        Guid Id,
        Guid OrganizationId,
        Guid? AggregateId,
        long Number,
        string Type,
        string Payload,
        int Attempts,
        string? TraceParent
    );

    private sealed record Outcome(
        Message Message,
        DateTimeOffset? DeliveredAt,
        DateTimeOffset? DiedAt,
        DateTimeOffset NextAttemptAt,
        string? Error
    );
}
