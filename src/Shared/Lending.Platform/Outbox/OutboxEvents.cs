using Lending.Platform.Broker;
using Lending.Platform.Persistence;
using Npgsql;

namespace Lending.Platform.Outbox;

/// <summary>What became of an event.</summary>
public enum OutboxStatus
{
    /// <summary>Not delivered yet: it is due, is tried again later, waits for an earlier one, or nobody handles it.</summary>
    Waiting,

    /// <summary>It failed too often and waits for a replay, and so do later events about the same.</summary>
    Dead,

    /// <summary>Every handler has handled it.</summary>
    Delivered,
}

/// <summary>An event in a module's outbox, as whoever operates the platform sees it: what it tells is left out.</summary>
public sealed record OutboxEvent
{
    /// <summary>The event; handlers and other systems know it by this id, too.</summary>
    public required Guid Id { get; init; }

    /// <summary>The module that it comes from, such as `loans`.</summary>
    public required string Module { get; init; }

    /// <summary>What happened, such as `LoanOfferAccepted`.</summary>
    public required string Type { get; init; }

    /// <summary>The organisation where it happened.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>What it is about, such as the offer; null for some events that are older than this member.</summary>
    public required Guid? AggregateId { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>What became of it.</summary>
    public required OutboxStatus Status { get; init; }

    /// <summary>How often it was tried; from 0 again after a replay.</summary>
    public required int Attempts { get; init; }

    /// <summary>It is not tried before this time; null where it is not tried any more.</summary>
    public required DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When it was delivered.</summary>
    public required DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When it was given up.</summary>
    public required DateTimeOffset? DiedAt { get; init; }

    /// <summary>Which handler failed with which sort of exception at the last attempt.</summary>
    public required string? LastError { get; init; }

    /// <summary>Whether the broker that other systems listen to has yet to confirm it, whatever became of it here; never true where no broker is set.</summary>
    public required bool WaitsForBroker { get; init; }
}

/// <summary>Which events are meant; null means all.</summary>
/// <param name="Id">The one with this id.</param>
/// <param name="Module">Those of this module.</param>
/// <param name="Type">Those of this type.</param>
/// <param name="Status">Those with this status.</param>
/// <param name="WaitsForBroker">Those that wait for the broker, or those that do not.</param>
public sealed record OutboxFilter(Guid? Id, string? Module, string? Type, OutboxStatus? Status, bool? WaitsForBroker = null);

/// <summary>The events of all modules and organisations, for whoever operates the platform.</summary>
public sealed class OutboxEvents(
    NpgsqlDataSource dataSource,
    Transactions transactions,
    IEnumerable<ModuleDatabase> databases,
    TimeProvider clock
)
{
    private const int LongestReadSeconds = 20;
    private const int MostReplayed = 500;

    private const string WaitsForBroker = $"EXISTS (SELECT FROM {BrokerMessages.Table} AS waiting WHERE waiting.id = message.id)";

    private readonly List<string> schemas = [.. OutboxSql.SchemasOf(databases)];

    /// <summary>Those that fit, newest first, behind the one with this id.</summary>
    public async Task<List<OutboxEvent>> ListAsync(OutboxFilter filter, Guid? after, int most, CancellationToken ct)
    {
        if (SchemasOf(filter) is not [_, ..] meant)
        {
            return [];
        }
        var (conditions, parameters) = ConditionsOf(filter, after);
        // Ids begin with the time, so their order is that of what happened.
        var lists = meant.Select(schema =>
            $"""
                (SELECT '{schema}' AS module, id, type, organization_id, aggregate_id, occurred_at, attempts, next_attempt_at, delivered_at, died_at, last_error,
                    {WaitsForBroker} AS waits_for_broker
                FROM {OutboxSql.TableOf(schema)} AS message WHERE {conditions} ORDER BY id DESC LIMIT {most})
                """
        );
        var command = new NpgsqlBatchCommand(
            transactions.OfSlice($"SELECT * FROM ({string.Join(" UNION ALL ", lists)}) AS found ORDER BY id DESC LIMIT {most}")
        );
        command.Parameters.AddRange(parameters.ToArray());
        return await dataSource.ReadOverEveryOrganizationAsync(command, Read, LongestReadSeconds, ct);
    }

    /// <summary>How many fit.</summary>
    public async Task<long> CountAsync(OutboxFilter filter, CancellationToken ct)
    {
        if (SchemasOf(filter) is not [_, ..] meant)
        {
            return 0;
        }
        var (conditions, parameters) = ConditionsOf(filter, after: null);
        var counts = meant.Select(schema => $"(SELECT count(*) FROM {OutboxSql.TableOf(schema)} AS message WHERE {conditions})");
        var command = new NpgsqlBatchCommand(transactions.OfSlice($"SELECT {string.Join(" + ", counts)}"));
        command.Parameters.AddRange(parameters.ToArray());
        return (await dataSource.ReadOverEveryOrganizationAsync(command, row => row.GetInt64(0), LongestReadSeconds, ct)).Single();
    }

    /// <summary>Has the dead ones that fit, or the oldest of very many in each module, delivered again, from their first attempt on, once the open transaction is committed; answers which.</summary>
    public async Task<List<Guid>> ReplayAsync(OutboxFilter filter, CancellationToken ct)
    {
        var replayed = new List<Guid>();
        foreach (var schema in SchemasOf(filter))
        {
            var table = OutboxSql.TableOf(schema);
            var (conditions, parameters) = ConditionsOf(filter with { Status = OutboxStatus.Dead }, after: null);
            // What waits for them is due, too.
            var command = new NpgsqlBatchCommand(
                $"""
                WITH replayed AS (
                    UPDATE {table} SET died_at = NULL, attempts = 0, next_attempt_at = @now
                    WHERE id IN (SELECT id FROM {table} AS message WHERE {conditions} ORDER BY number LIMIT {MostReplayed})
                    RETURNING id, aggregate_id, number
                ), later AS (
                    UPDATE {table} AS later SET next_attempt_at = @now FROM replayed
                    WHERE later.aggregate_id = replayed.aggregate_id AND later.number > replayed.number
                        AND later.delivered_at IS NULL AND later.died_at IS NULL
                )
                SELECT id FROM replayed
                """
            );
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset>("now", clock.GetUtcNow()));
            command.Parameters.AddRange(parameters.ToArray());
            replayed.AddRange(await transactions.ReadOverEveryOrganizationAsync(command, row => row.GetGuid(0), ct));
        }
        return replayed;
    }

    private List<string> SchemasOf(OutboxFilter filter) => [.. schemas.Where(schema => filter.Module is null || filter.Module == schema)];

    private static (string Conditions, List<NpgsqlParameter> Parameters) ConditionsOf(OutboxFilter filter, Guid? after)
    {
        var conditions = new List<string>();
        var parameters = new List<NpgsqlParameter>();
        conditions.Add(
            filter.Status switch
            {
                OutboxStatus.Dead => OutboxSql.IsDead,
                OutboxStatus.Waiting => OutboxSql.IsWaiting,
                OutboxStatus.Delivered => "delivered_at IS NOT NULL",
                _ => "true",
            }
        );
        if (filter.Id is { } id)
        {
            Add("id = @id", new NpgsqlParameter<Guid>("id", id));
        }
        if (filter.Type is { } type)
        {
            Add("type = @type", new NpgsqlParameter<string>("type", type));
        }
        if (filter.WaitsForBroker is { } waits)
        {
            conditions.Add(waits ? WaitsForBroker : $"NOT {WaitsForBroker}");
        }
        if (after is { } last)
        {
            Add("id < @last", new NpgsqlParameter<Guid>("last", last));
        }
        return (string.Join(" AND ", conditions), parameters);

        void Add(string condition, NpgsqlParameter parameter)
        {
            conditions.Add(condition);
            parameters.Add(parameter);
        }
    }

    private static OutboxEvent Read(NpgsqlDataReader row)
    {
        var (deliveredAt, diedAt) = (TimeOf(8), TimeOf(9));
        return new OutboxEvent
        {
            Module = row.GetString(0),
            Id = row.GetGuid(1),
            Type = row.GetString(2),
            OrganizationId = row.GetGuid(3),
            AggregateId = row.IsDBNull(4) ? null : row.GetGuid(4),
            OccurredAt = row.GetFieldValue<DateTimeOffset>(5),
            Status =
                deliveredAt is not null ? OutboxStatus.Delivered
                : diedAt is not null ? OutboxStatus.Dead
                : OutboxStatus.Waiting,
            Attempts = row.GetInt32(6),
            NextAttemptAt = deliveredAt is null && diedAt is null ? TimeOf(7) : null,
            DeliveredAt = deliveredAt,
            DiedAt = diedAt,
            LastError = row.IsDBNull(10) ? null : row.GetString(10),
            WaitsForBroker = row.GetBoolean(11),
        };

        DateTimeOffset? TimeOf(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
    }
}
