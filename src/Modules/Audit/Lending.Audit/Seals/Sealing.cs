using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lending.Audit.Seals;

/// <summary>Seals what was written to the log, of every organisation.</summary>
internal sealed class Sealing(NpgsqlDataSource dataSource, SealKeys keys, TimeProvider clock, ILogger<Sealing> logger)
{
    public const string SealColumns =
        "number, sealed_at, entry_ids, entry_hashes, last_transaction, last_entry_id, previous_hash, vouches, hash, key_id, signature";

    // Any number will do, as long as every process of Lending takes the same one, and nobody another lock with it.
    private const long AdvisoryLock = 5_080_2028;

    private const int MostEntries = 1_000;

    /// <summary>Seals every entry that nothing can come before any more.</summary>
    public async Task SealAsync(CancellationToken ct)
    {
        while (await SealSomeAsync(ct) == MostEntries) { }
    }

    public static Seal ReadSeal(NpgsqlDataReader row) =>
        new()
        {
            Number = row.GetInt64(0),
            SealedAt = row.GetFieldValue<DateTimeOffset>(1),
            EntryIds = row.GetFieldValue<Guid[]>(2),
            EntryHashes = row.GetFieldValue<byte[]>(3),
            LastTransaction = row.GetInt64(4),
            LastEntryId = row.GetGuid(5),
            PreviousHash = row.GetFieldValue<byte[]>(6),
            Vouches = row.GetBoolean(7),
            Hash = row.GetFieldValue<byte[]>(8),
            KeyId = row.GetString(9),
            Signature = row.GetFieldValue<byte[]>(10),
        };

    private async Task<int> SealSomeAsync(CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await transaction.SeeEveryOrganizationAsync(ct);
        await using (var wait = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({AdvisoryLock})", connection))
        {
            await wait.ExecuteNonQueryAsync(ct);
        }
        var previous = await connection.ReadAsync($"SELECT {SealColumns} FROM audit.seals ORDER BY number DESC LIMIT 1", ReadSeal, ct);
        var last = previous is [var before] ? before.Last : default;
        // Below the oldest transaction that has not ended yet, nothing can appear any more.
        var entries = await connection.ReadAsync(
            $"""
            SELECT {StoredEntry.Columns} FROM audit.entries
            WHERE (transaction, id) > ($1, $2)
                AND transaction < audit.transaction_base() + pg_snapshot_xmin(pg_current_snapshot())::text::bigint
            ORDER BY transaction, id LIMIT {MostEntries}
            """,
            StoredEntry.Read,
            ct,
            new NpgsqlParameter<long> { TypedValue = last.Transaction },
            new NpgsqlParameter<Guid> { TypedValue = last.EntryId }
        );
        // A seal without entries vouches, with a new key, for those that were signed with one that will be retired.
        if (entries.Count == 0 && (previous is not [var newest] || newest.KeyId == keys.ActiveId))
        {
            return 0;
        }
        var seal = Sign(previous.SingleOrDefault(), entries);
        await InsertAsync(connection, seal, ct);
        await transaction.CommitAsync(ct);
        // The log goes elsewhere than the database, and whoever changes the one does not reach the other.
        logger.LogInformation("Sealed {Count} entries of the audit log: seal {Seal}", entries.Count, seal.Name);
        return entries.Count;
    }

    private Seal Sign(Seal? previous, List<StoredEntry> entries)
    {
        var last = entries.Count > 0 ? entries[^1].Position : previous!.Last;
        var seal = new Seal
        {
            Number = (previous?.Number ?? 0) + 1,
            SealedAt = clock.GetStorableNow(),
            EntryIds = [.. entries.Select(entry => entry.Id)],
            EntryHashes = [.. entries.SelectMany(entry => entry.Hash)],
            LastTransaction = last.Transaction,
            LastEntryId = last.EntryId,
            PreviousHash = previous?.Hash ?? [],
            Vouches = previous is null || IsRight(previous),
            KeyId = keys.ActiveId,
        };
        var hash = seal.ComputeHash();
        return seal with { Hash = hash, Signature = keys.Sign(hash) };
    }

    private bool IsRight(Seal previous)
    {
        var isRight = previous.ComputeHash().AsSpan().SequenceEqual(previous.Hash) && previous.CheckSignature(keys) == SignatureState.Right;
        if (!isRight)
        {
            logger.LogError(
                "The last seal of the audit log is not signed with a key that is configured: seal {Seal}. Run: audit verify",
                previous.Name
            );
        }
        return isRight;
    }

    private static async Task InsertAsync(NpgsqlConnection connection, Seal seal, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand(
            $"INSERT INTO audit.seals ({SealColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            connection
        );
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = seal.Number });
        insert.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = seal.SealedAt });
        insert.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = seal.EntryIds });
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = seal.EntryHashes });
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = seal.LastTransaction });
        insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = seal.LastEntryId });
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = seal.PreviousHash });
        insert.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = seal.Vouches });
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = seal.Hash });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = seal.KeyId });
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = seal.Signature });
        await insert.ExecuteNonQueryAsync(ct);
    }
}
