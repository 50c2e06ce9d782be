using Lending.Platform.Broker;
using Lending.Platform.Persistence;
using Npgsql;

namespace Lending.Platform.Outbox;

/// <summary>Keeps outboxes small. Any number of instances share the work.</summary>
internal sealed class OldEvents(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const int BatchSize = 1000;

    private static readonly TimeSpan DeliveredAreKept = TimeSpan.FromDays(30);

    /// <summary>An event that no instance took for so long is handled by none: no deployment takes as long.</summary>
    private static readonly TimeSpan UnhandledAreKept = TimeSpan.FromDays(1);

    /// <summary>Deletes what was delivered long ago, and what nobody handles. What the broker has not confirmed yet stays to be seen.</summary>
    public async Task DeleteAsync(IReadOnlyList<string> outboxes, string[] handledTypes, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var deliveredBefore = now - DeliveredAreKept;
        foreach (var outbox in outboxes)
        {
            // Ids begin with the time, so the key finds the old ones.
            await DeleteAsync(
                outbox,
                "id < $1 AND delivered_at < $2 ORDER BY id",
                [
                    new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7(deliveredBefore) },
                    new NpgsqlParameter<DateTimeOffset> { TypedValue = deliveredBefore },
                ],
                ct
            );
            // Where delivery was tried and failed, the next attempt is never more than an hour old as long as any instance has a handler; what is dead, and
            // what waits for it, waits for a person.
            await DeleteAsync(
                outbox,
                $"""
                {OutboxSql.IsWaiting} AND next_attempt_at < $1 AND type <> ALL ($2) AND NOT EXISTS (
                    SELECT FROM {outbox} AS dead WHERE dead.aggregate_id = message.aggregate_id AND dead.delivered_at IS NULL AND dead.died_at IS NOT NULL
                )
                """,
                [
                    new NpgsqlParameter<DateTimeOffset> { TypedValue = now - UnhandledAreKept },
                    new NpgsqlParameter<string[]> { TypedValue = handledTypes },
                ],
                ct
            );
        }
    }

    private async Task DeleteAsync(string outbox, string condition, NpgsqlParameter[] parameters, CancellationToken ct)
    {
        int deleted;
        do
        {
            deleted = await dataSource.ExecuteOverEveryOrganizationAsync(
                $"""
                DELETE FROM {outbox} WHERE id IN (
                    SELECT id FROM {outbox} AS message
                    WHERE NOT EXISTS (SELECT FROM {BrokerMessages.Table} AS waiting WHERE waiting.id = message.id) AND {condition}
                    LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
                )
                """,
                parameters.Select(parameter => parameter.Clone()),
                ct
            );
        } while (deleted == BatchSize);
    }
}
