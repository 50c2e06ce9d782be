using System.Security.Cryptography;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Lending.Platform.Encryption;

/// <summary>
/// Encrypts rows anew in all modules: after a migration that has made a column an encrypted one, what stood in it in clear; after a change of the active key, what
/// another one has encrypted. It works on all organisations at once, because it shows nothing of the rows to anybody.
/// </summary>
public sealed class EncryptedRows(
    IServiceScopeFactory scopes,
    IEnumerable<ModuleDatabase> databases,
    NpgsqlDataSource dataSource,
    OwnerDatabase owner,
    DatabaseRights rights,
    KeyRing ring,
    KeysInUse keys,
    ILogger<EncryptedRows> logger
) : IDatabasePreparation
{
    private const int RowsPerStatement = 500;
    private static readonly TimeSpan BeforeNextTry = TimeSpan.FromMilliseconds(200);

    // Readiness asks for them all the time, and models do not change.
    private IReadOnlyList<Table>? tables;

    /// <summary>Encrypts what a migration has left in clear; the constraint holds from then on.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        await keys.PrepareAsync(owner, rights, ct);
        foreach (var (table, constraints) in await FindUnvalidatedAsync(dataSource, ct))
        {
            var (count, unreadable) = await EncryptAsync(table, mayBePlain: true, ct);
            if (unreadable > 0)
            {
                throw new CryptographicException($"{unreadable} rows of {table.Name} cannot be decrypted; the log names them.");
            }
            foreach (var constraint in constraints)
            {
                await ExecuteAsync($"ALTER TABLE {table.Name} VALIDATE CONSTRAINT \"{constraint}\"", ct);
            }
            logger.LogInformation("Encrypted {Count} rows of {Table}", count, table.Name);
        }
    }

    /// <summary>The tables that may hold in clear what a migration has left there, because <see cref="PrepareAsync"/> has not come to its end.</summary>
    /// <param name="database">Asked instead of the pool that requests use.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<IReadOnlyList<string>> FindPlainTablesAsync(NpgsqlDataSource database, CancellationToken ct) =>
        [.. (await FindUnvalidatedAsync(database, ct)).Select(found => found.Table.Name.Replace("\"", "", StringComparison.Ordinal))];

    /// <summary>
    /// Encrypts with the active key what another one has encrypted, while others read and write: a row that somebody holds or changes is left for later, and
    /// never overwritten, and one that cannot be read stays as it is.
    /// </summary>
    public async Task<Rotation> RotateAsync(CancellationToken ct)
    {
        await keys.CheckAsync(ct);
        var (rows, unreadable) = (0L, 0);
        foreach (var table in Tables())
        {
            var done = await EncryptAsync(table, mayBePlain: false, ct);
            (rows, unreadable) = (rows + done.Rows, unreadable + done.Unreadable);
        }
        return new(rows, unreadable, rows + unreadable == 0 ? await keys.RetireAsync(ct) : []);
    }

    /// <summary>The tables of all modules that have encrypted columns.</summary>
    internal IReadOnlyList<Table> Tables() => tables ??= FindTables();

    private List<Table> FindTables()
    {
        using var scope = scopes.CreateScope();
        return
        [
            .. databases
                .Select(database => (DbContext)scope.ServiceProvider.GetRequiredService(database.ContextType))
                .SelectMany(context => context.Model.GetEntityTypes())
                .Select(EncryptedProperty.Of)
                .Where(properties => properties.Count > 0)
                .Select(properties => new Table(properties[0].Table, properties[0].RowName, properties)),
        ];
    }

    private async Task<(long Rows, int Unreadable)> EncryptAsync(Table table, bool mayBePlain, CancellationToken ct)
    {
        var (total, last, isComplete) = (0L, Guid.Empty, true);
        var unreadable = new HashSet<Guid>();
        var isWaiting = false;
        while (true)
        {
            var (rows, end) = await FindAsync(table, after: last, mayBePlain, unreadable, ct);
            if (end is { } next)
            {
                var written = await WriteAsync(table, rows, ct);
                total += written;
                isComplete &= written == rows.Count;
                last = next;
            }
            else if (isComplete)
            {
                return (total, unreadable.Count);
            }
            else
            {
                // Once more from the beginning, for those that somebody held.
                if (!isWaiting)
                {
                    logger.LogInformation("Waiting for rows of {Table} that somebody holds or has just changed", table.Name);
                }
                (last, isComplete, isWaiting) = (Guid.Empty, true, true);
                await Task.Delay(BeforeNextTry, ct);
            }
        }
    }

    private async Task<(List<Row> Rows, Guid? Last)> FindAsync(
        Table table,
        Guid after,
        bool mayBePlain,
        HashSet<Guid> unreadable,
        CancellationToken ct
    )
    {
        var outdated = table.Columns.Select(column => $"substring(\"{column.Name}\" FROM 1 FOR {ring.ActiveHeader.Length}) <> $2");
        var select = new NpgsqlBatchCommand(
            $"""
            SELECT "{table.RowName}", xmin, {string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""))} FROM {table.Name}
            WHERE "{table.RowName}" > $1 AND ({string.Join(" OR ", outdated)}) ORDER BY 1 LIMIT {RowsPerStatement}
            """
        );
        select.Parameters.AddWithValue(after);
        select.Parameters.AddWithValue(ring.ActiveHeader);
        await using var batch = dataSource.CreateBatch();
        // Where few rows are left to do, it reads a whole table to find them.
        batch.Timeout = 0;
        batch.BatchCommands.Add(RowScope.Every.TellingOfJob);
        batch.BatchCommands.Add(select);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var rows = new List<Row>();
        Guid? last = null;
        while (await reader.ReadAsync(ct))
        {
            var id = reader.GetGuid(0);
            last = id;
            var texts = new string?[table.Columns.Count];
            try
            {
                for (var index = 0; index < texts.Length; index++)
                {
                    var bytes = await reader.IsDBNullAsync(index + 2, ct) ? null : reader.GetFieldValue<byte[]>(index + 2);
                    texts[index] = bytes is null ? null : ring.Decrypt(table.Columns[index].Column, id, bytes, mayBePlain);
                }
                rows.Add(new Row(id, reader.GetFieldValue<uint>(1), texts));
            }
            catch (CryptographicException failed)
            {
                if (unreadable.Add(id))
                {
                    // It names column and row, and no value.
                    logger.LogError("Left as it is: {Reason}", failed.Message);
                }
            }
        }
        return (rows, last);
    }

    private async Task<int> WriteAsync(Table table, List<Row> rows, CancellationToken ct)
    {
        List<(string Name, byte[]?[] Values)> columns = [];
        for (var index = 0; index < table.Columns.Count; index++)
        {
            var (property, place) = (table.Columns[index], index);
            columns.Add(
                (property.Name, [.. rows.Select(row => row.Texts[place] is { } text ? ring.Encrypt(property.Column, row.Id, text) : null)])
            );
            if (property.HashName is { } hash)
            {
                columns.Add((hash, [.. rows.Select(row => row.Texts[place] is { } text ? ring.SearchHash(property.Column, text) : null)]));
            }
        }
        // Whoever holds a row is not waited for, so nobody can wait in a circle; whatever was changed since it was read stays as it is.
        var update = $"""
            WITH unchanged AS (
                SELECT held."{table.RowName}" FROM {table.Name} held
                JOIN unnest($1, $2) AS read (id, row_version) ON held."{table.RowName}" = read.id
                WHERE held.xmin = read.row_version FOR NO KEY UPDATE OF held SKIP LOCKED
            )
            UPDATE {table.Name} written SET {string.Join(", ", columns.Select((column, index) => $"\"{column.Name}\" = made.c{index}"))}
            FROM unnest($1, {string.Join(", ", columns.Select((_, index) => $"${index + 3}"))})
                AS made (id, {string.Join(", ", columns.Select((_, index) => $"c{index}"))})
            JOIN unchanged ON unchanged."{table.RowName}" = made.id
            WHERE written."{table.RowName}" = made.id
            """;
        NpgsqlParameter[] parameters =
        [
            new() { Value = rows.Select(row => row.Id).ToArray() },
            new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Xid, Value = rows.Select(row => row.RowVersion).ToArray() },
            .. columns.Select(column => new NpgsqlParameter
            {
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
                Value = column.Values,
            }),
        ];
        // Telling whose rows are meant changes none.
        return await dataSource.ExecuteOverEveryOrganizationAsync(update, parameters, ct);
    }

    /// <summary>The constraints of encrypted columns that a migration has added and that rows of before may break.</summary>
    private async Task<List<(Table Table, List<string> Constraints)>> FindUnvalidatedAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        var known = Tables();
        await using var command = database.CreateCommand(
            """
            SELECT known.place, conname FROM pg_constraint
            JOIN unnest($1) WITH ORDINALITY known (name, place) ON conrelid = name::regclass
            WHERE conname = ANY ($2) AND NOT convalidated
            """
        );
        command.Parameters.AddWithValue(known.Select(table => table.Name).ToArray());
        command.Parameters.AddWithValue(known.SelectMany(table => table.Columns).SelectMany(column => column.Constraints).ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<(Table Table, string Constraint)>();
        while (await reader.ReadAsync(ct))
        {
            found.Add((known[(int)reader.GetInt64(0) - 1], reader.GetString(1)));
        }
        return [.. found.GroupBy(row => row.Table, row => row.Constraint).Select(constraints => (constraints.Key, constraints.ToList()))];
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = owner.DataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What a rotation did.</summary>
    /// <param name="Rows">How many rows it encrypted anew.</param>
    /// <param name="Unreadable">How many rows it left as they are, because they cannot be decrypted; the log names them.</param>
    /// <param name="Retired">
    /// The keys that nothing needs any more. None where it found anything to do: rows that were written with another key may have been written just now.
    /// </param>
    public sealed record Rotation(long Rows, int Unreadable, IReadOnlyList<string> Retired);

    internal sealed record Table(string Name, string RowName, IReadOnlyList<EncryptedProperty> Columns);

    private sealed record Row(Guid Id, uint RowVersion, string?[] Texts);
}
