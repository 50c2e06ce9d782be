using Lending.Platform.Persistence;
using Npgsql;

namespace Lending.Platform.Encryption;

/// <summary>
/// The database keeps the names of the keys that its values are encrypted with, and for each a check value that only this key gives. So a lost or wrong key is
/// known at the start, and not when somebody reads.
/// </summary>
public sealed class KeysInUse(NpgsqlDataSource dataSource, KeyRing ring)
{
    // The search key's, which is no name of a key.
    private const string SearchKey = "";

    /// <summary>
    /// Notes the keys that this process writes with, and answers why what the database keeps cannot be read; null where it can. Readiness asks it all the time,
    /// so a key that was forgotten while somebody still writes with it is soon noted again.
    /// </summary>
    public async Task<string?> FindObstacleAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        try
        {
            return await NoteAsync(database, ct);
        }
        catch (PostgresException unprepared) when (IsUnprepared(unprepared))
        {
            return "The database has no list of its keys yet. Run the verb 'migrate' again.";
        }
    }

    /// <summary>Throws where a key is missing. Answers false where the database cannot be asked, or has no keys yet: readiness tells that, too.</summary>
    internal async Task<bool> TryCheckAsync(CancellationToken ct)
    {
        try
        {
            await CheckAsync(ct);
            return true;
        }
        catch (PostgresException refused)
            when (refused.IsTransient
                || refused.SqlState == PostgresErrorCodes.AdminShutdown
                || refused.SqlState.StartsWith("28", StringComparison.Ordinal)
                || IsUnprepared(refused)
            )
        {
            // It starts or stops just now, does not let us in, or nobody has migrated it.
            return false;
        }
        catch (NpgsqlException failed) when (failed is not PostgresException)
        {
            // It cannot be reached.
            return false;
        }
    }

    /// <summary>Makes the table, notes the keys that are used from now on, and throws where one is missing.</summary>
    internal async Task PrepareAsync(OwnerDatabase owner, DatabaseRights rights, CancellationToken ct)
    {
        await using var create = owner.DataSource.CreateCommand(
            $"""
            CREATE SCHEMA IF NOT EXISTS encryption;
            CREATE TABLE IF NOT EXISTS encryption.keys (
                name text CONSTRAINT pk_keys PRIMARY KEY,
                check_value bytea NOT NULL CONSTRAINT ck_keys_check_value CHECK (length(check_value) = 32)
            );
            GRANT USAGE ON SCHEMA encryption TO {rights.Grantees};
            GRANT SELECT, INSERT, DELETE ON encryption.keys TO {rights.Grantees}
            """
        );
        await create.ExecuteNonQueryAsync(ct);
        await CheckAsync(ct);
    }

    /// <summary>Notes the keys that are used from now on, and throws unless all are there that something is encrypted with.</summary>
    internal async Task CheckAsync(CancellationToken ct)
    {
        if (await NoteAsync(dataSource, ct) is { } obstacle)
        {
            throw new InvalidOperationException(obstacle);
        }
    }

    /// <summary>Forgets the keys that nothing is encrypted with any more, and answers their names.</summary>
    internal async Task<IReadOnlyList<string>> RetireAsync(CancellationToken ct)
    {
        await using var delete = dataSource.CreateCommand("DELETE FROM encryption.keys WHERE name <> ALL ($1) RETURNING name");
        delete.Parameters.AddWithValue(new[] { ring.ActiveKey, SearchKey });
        await using var reader = await delete.ExecuteReaderAsync(ct);
        var retired = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            retired.Add(reader.GetString(0));
        }
        return retired;
    }

    // Noted first, so that of two with different keys of one name only one can pass; kept only by who passes, so that who is refused asks nothing of others.
    private async Task<string?> NoteAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var obstacle = await NoteAsync(connection, ct);
        if (obstacle is null)
        {
            await transaction.CommitAsync(ct);
        }
        return obstacle;
    }

    private async Task<string?> NoteAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var note = new NpgsqlBatchCommand("INSERT INTO encryption.keys SELECT * FROM unnest($1, $2) ON CONFLICT DO NOTHING");
        note.Parameters.AddWithValue(new[] { ring.ActiveKey, SearchKey });
        note.Parameters.AddWithValue(new[] { ring.CheckValueOf(ring.ActiveKey), ring.CheckValueOf(SearchKey) });
        var select = new NpgsqlBatchCommand("SELECT name, check_value FROM encryption.keys ORDER BY name");
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { note, select } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (ObstacleOf(reader.GetString(0), reader.GetFieldValue<byte[]>(1)) is { } obstacle)
            {
                return obstacle;
            }
        }
        return null;
    }

    private string? ObstacleOf(string name, byte[] checkValue)
    {
        var setting = name.Length == 0 ? $"{EncryptionOptions.Section}__SearchKey" : $"{EncryptionOptions.Section}__Keys__{name}";
        return ring.CheckValueOf(name) switch
        {
            null => $"{setting} is missing: the database has values that this key has encrypted. Put it back, or restore it from its copy.",
            { } own when !own.AsSpan().SequenceEqual(checkValue) =>
                $"{setting} is another key than the one that the database was used with. Put that one back, or restore it from its copy.",
            _ => null,
        };
    }

    private static bool IsUnprepared(PostgresException exception) =>
        exception.SqlState
            is PostgresErrorCodes.UndefinedTable
                or PostgresErrorCodes.InvalidSchemaName
                or PostgresErrorCodes.InvalidCatalogName;
}
