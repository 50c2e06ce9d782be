using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Npgsql;

namespace Lending.Platform.Broker;

/// <summary>The SQL of what waits for the broker.</summary>
internal static class BrokerMessages
{
    public const string Table = $"{PlatformDbContext.Schema}.{BrokerMessage.Table}";

    private const long RelayLock = 5_080_2098;

    /// <summary>Keeps copies of a module's events, in the transaction that saves them.</summary>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        string module,
        IReadOnlyList<OutboxMessage> events,
        Func<string, string> ofSlice,
        CancellationToken ct
    )
    {
        const string sql = $"""
            INSERT INTO {Table} (id, organization_id, module, type, aggregate_id, payload, occurred_at, trace_parent)
            SELECT id, organization_id, $1, type, aggregate_id, payload, occurred_at, trace_parent
            FROM unnest($2, $3, $4, $5, $6::json[], $7, $8) WITH ORDINALITY
                AS happened (id, organization_id, type, aggregate_id, payload, occurred_at, trace_parent, place)
            ORDER BY place
            """;
        await using var insert = new NpgsqlCommand(ofSlice(sql), connection);
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = module });
        Add(happened => happened.Id);
        Add(happened => happened.OrganizationId);
        Add(happened => happened.Type);
        Add(happened => happened.AggregateId!.Value);
        Add(happened => happened.Payload);
        Add(happened => happened.OccurredAt);
        Add(happened => happened.TraceParent);
        await insert.ExecuteNonQueryAsync(ct);

        void Add<T>(Func<OutboxMessage, T> valueOf) =>
            insert.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. events.Select(valueOf)] });
    }

    /// <summary>Takes the turn to relay, until the transaction ends; no, where somebody else has it: two would break the order.</summary>
    public static async Task<bool> TryTakeTurnAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var take = new NpgsqlCommand($"SELECT pg_try_advisory_xact_lock({RelayLock})", connection);
        return (bool)(await take.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Those that were kept first, in their order.</summary>
    public static Task<List<BrokerMessage>> FirstAsync(NpgsqlConnection connection, int most, CancellationToken ct) =>
        connection.ReadAsync(
            $"SELECT id, module, type, aggregate_id, payload, occurred_at, trace_parent, organization_id FROM {Table} ORDER BY number LIMIT {most}",
            row => new BrokerMessage
            {
                Id = row.GetGuid(0),
                Module = row.GetString(1),
                Type = row.GetString(2),
                AggregateId = row.GetGuid(3),
                Payload = row.GetString(4),
                OccurredAt = row.GetFieldValue<DateTimeOffset>(5),
                TraceParent = row.IsDBNull(6) ? null : row.GetString(6),
                OrganizationId = row.GetGuid(7),
            },
            ct
        );

    /// <summary>Forgets what the broker has confirmed.</summary>
    public static async Task RemoveAsync(NpgsqlConnection connection, Guid[] ids)
    {
        await using var delete = new NpgsqlCommand($"DELETE FROM {Table} WHERE id = ANY ($1)", connection);
        delete.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        await delete.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
