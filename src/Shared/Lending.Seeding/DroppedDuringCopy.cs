using Lending.Platform.Audit;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Npgsql;

namespace Lending.Seeding;

/// <summary>
/// The foreign keys of a fresh database and its indexes that are no constraint: to make them anew for all rows, checked, takes less than to
/// keep them row by row. Its empty tables are made anew, too, so that a server that is not replicated need not log their rows. All in the
/// seeding's transaction: nobody ever sees a database without them, whatever happens.
/// </summary>
internal sealed class DroppedDuringCopy
{
    public const string Indexes = "indexes made";
    public const string ForeignKeys = "foreign keys checked";

    // The default organisation and its administrator. Where there is more, people are at work, and would have to wait.
    private const int RowsOfFreshDatabase = 2;

    // The outbox is read all the time, the audit log is written; neither gets fake rows.
    private const string Tables = $"""
        SELECT format('%I.%I', nspname, relname) AS name, c.oid, nspname AS schema FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
        WHERE nspname = ANY($1) AND nspname <> '{AuditEntry.Schema}' AND relkind = 'r'
            AND relname NOT IN ('{OutboxMessage.Table}', '{ModuleDatabaseExtensions.MigrationsHistoryTable}')
        """;

    private readonly List<(string Kind, string Drop, string Make)> things = [];

    /// <summary>Drops nothing where the database is not a fresh one. Needs constraints to be immediate.</summary>
    public static async Task<DroppedDuringCopy> DropAsync(NpgsqlConnection connection, IEnumerable<string> schemas, CancellationToken ct)
    {
        var dropped = new DroppedDuringCopy();
        string[] modules = [.. schemas];
        var tables = await ReadAsync($"SELECT name FROM ({Tables}) t", row => row.GetString(0));
        var rows = await ReadAsync(
            $"SELECT FROM ({string.Join(" UNION ALL ", tables.Select(table => $"SELECT FROM {table}"))}) r LIMIT {RowsOfFreshDatabase + 1}",
            _ => true
        );
        if (rows.Count > RowsOfFreshDatabase)
        {
            return dropped;
        }
        // All at once, and before the emptying: nobody adds a row meanwhile.
        await Seeder.RunAsync(connection, $"LOCK TABLE {string.Join(", ", tables)}", ct);
        dropped.things.AddRange(
            await ReadAsync(
                $"""
                SELECT '{Indexes}', format('DROP INDEX %I.%I', schema, relname), pg_get_indexdef(indexrelid)
                FROM ({Tables}) t JOIN pg_index ON indrelid = t.oid JOIN pg_class i ON i.oid = indexrelid
                WHERE NOT indisunique AND NOT indisexclusion
                UNION ALL
                SELECT '{ForeignKeys}', format('ALTER TABLE %s DROP CONSTRAINT %I', name, conname),
                    format('ALTER TABLE %s ADD CONSTRAINT %I %s', name, conname, pg_get_constraintdef(k.oid))
                FROM ({Tables}) t JOIN pg_constraint k ON conrelid = t.oid AND contype = 'f'
                """,
                row => (row.GetString(0), row.GetString(1), row.GetString(2))
            )
        );
        foreach (var (_, drop, _) in dropped.things)
        {
            await Seeder.RunAsync(connection, drop, ct);
        }
        var empty = await ReadAsync(
            string.Join(" UNION ALL ", tables.Select(table => $"SELECT '{table}' WHERE NOT EXISTS (SELECT FROM {table})")),
            row => row.GetString(0)
        );
        foreach (var table in empty)
        {
            // Gives it a new file: what is copied into that is flushed to the disk, and not logged, where wal_level is minimal.
            await Seeder.RunAsync(connection, $"TRUNCATE {table}", ct);
        }
        return dropped;

        async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
        {
            var found = new List<T>();
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = modules });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                found.Add(read(reader));
            }
            return found;
        }
    }

    /// <summary>Makes everything again as it was: first the indexes, then the foreign keys, which PostgreSQL checks row by row.</summary>
    public async Task RestoreAsync(NpgsqlConnection connection, IProgress<SeedProgress>? progress, CancellationToken ct)
    {
        if (things.Count > 0)
        {
            // From here on it is PostgreSQL that needs the memory.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        }
        foreach (var kind in things.GroupBy(thing => thing.Kind, thing => thing.Make))
        {
            foreach (var (number, make) in kind.Index())
            {
                await Seeder.RunAsync(connection, make, ct);
                progress?.Report(new SeedProgress(kind.Key, number + 1, kind.Count()));
            }
        }
    }
}
