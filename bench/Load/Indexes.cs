using Npgsql;

namespace Lending.Bench.Load;

/// <summary>What PostgreSQL counted: an index that nothing used is a candidate for being dropped.</summary>
internal static class Indexes
{
    public static async Task PrintAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            SELECT schemaname || '.' || indexrelname, idx_scan, pg_size_pretty(pg_relation_size(indexrelid)), indisunique
            FROM pg_stat_user_indexes JOIN pg_index USING (indexrelid)
            WHERE schemaname IN ('identity', 'customers', 'loans') ORDER BY 1
            """
        );
        await using var reader = await command.ExecuteReaderAsync(ct);
        Console.WriteLine($"{"index", -66}{"scans", 10}{"size", 10}");
        while (await reader.ReadAsync(ct))
        {
            var note = reader.GetBoolean(3) ? "  unique" : "";
            Console.WriteLine($"{reader.GetString(0), -66}{reader.GetInt64(1), 10}{reader.GetString(2), 10}{note}");
        }
    }
}
