using Lending.Platform.Persistence;
using Npgsql;

namespace Lending.Platform.Outbox;

/// <summary>The events of an outbox that an instance works on together: what PostgreSQL is asked and told about them.</summary>
internal static class OutboxBatch
{
    private const int MostOfType = 50;

    /// <summary>
    /// Locks what is due: up to so many of each of these types, each found by the index, so that however many events of other types wait, they are not looked at. An
    /// earlier event of the same aggregate was committed before, so whoever sees this one sees that one, too: delivered, or in its way.
    /// </summary>
    public static Task<List<Message>> TakeDueAsync(
        NpgsqlConnection connection,
        string outbox,
        string[] types,
        string[] handledTypes,
        DateTimeOffset now,
        CancellationToken ct
    ) =>
        connection.ReadAsync(
            $"""
            SELECT due.id, due.organization_id, due.aggregate_id, due.number, due.type, due.payload, due.attempts, due.trace_parent
            FROM unnest($2) AS handled (type) CROSS JOIN LATERAL (
                SELECT message.* FROM {outbox} AS message
                WHERE type = handled.type AND {OutboxSql.IsWaiting} AND next_attempt_at <= $1 AND NOT EXISTS (
                    SELECT FROM {outbox} AS earlier
                    WHERE earlier.aggregate_id = message.aggregate_id AND earlier.number < message.number AND earlier.delivered_at IS NULL
                        AND earlier.type = ANY ($3)
                )
                ORDER BY next_attempt_at, id LIMIT {MostOfType} FOR UPDATE SKIP LOCKED
            ) AS due
            ORDER BY due.next_attempt_at, due.number
            """,
            row => new Message(
                row.GetGuid(0),
                row.GetGuid(1),
                row.IsDBNull(2) ? null : row.GetGuid(2),
                row.GetInt64(3),
                row.GetString(4),
                row.GetString(5),
                row.GetInt32(6),
                row.IsDBNull(7) ? null : row.GetString(7)
            ),
            ct,
            new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
            new NpgsqlParameter<string[]> { TypedValue = types },
            new NpgsqlParameter<string[]> { TypedValue = handledTypes }
        );

    /// <summary>Keeps an event from being taken before a time.</summary>
    public static async Task PostponeAsync(NpgsqlConnection connection, string outbox, Message message, DateTimeOffset until)
    {
        await using var update = new NpgsqlCommand($"UPDATE {outbox} SET next_attempt_at = $1 WHERE id = $2", connection);
        update.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = until });
        update.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = message.Id });
        await update.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>Records what became of events that were taken.</summary>
    public static async Task RecordAsync(NpgsqlConnection connection, string outbox, List<Outcome> outcomes)
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

    /// <summary>An event that was taken.</summary>
    public sealed record Message(
        Guid Id,
        Guid OrganizationId,
        Guid? AggregateId,
        long Number,
        string Type,
        string Payload,
        int Attempts,
        string? TraceParent
    );

    /// <summary>What became of it.</summary>
    public sealed record Outcome(
        Message Message,
        DateTimeOffset? DeliveredAt,
        DateTimeOffset? DiedAt,
        DateTimeOffset NextAttemptAt,
        string? Error
    );
}
