using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Lending.Platform.Idempotency;

/// <summary>Keeps and finds answers, in the transaction around the request. Scoped.</summary>
internal sealed class KeptAnswers(Transactions transactions, KeyRing ring, TimeProvider clock)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const string Table = $"{PlatformDbContext.Schema}.{KeptAnswer.Table}";

    private static readonly EncryptedColumn IdColumn = new(Table, "id");
    private static readonly EncryptedColumn RequestColumn = new(Table, "request_hash");
    private static readonly EncryptedColumn AnswerColumn = new(Table, "answer");

    /// <summary>
    /// Takes the key for this request, or finds what it was used for. A twin that has taken it and is under way is waited for; one that fails leaves it
    /// free.
    /// </summary>
    /// <exception cref="PostgresException">The twin took longer than five seconds: lock_not_available.</exception>
    public async Task<Earlier?> TakeAsync(KeptKey key, byte[] requestHash, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        await using var batch = NewBatch(key, out var tells);
        batch.BatchCommands.Add(new("SET LOCAL lock_timeout = '5s'"));
        // A host that has vanished with its machine must not keep the key until the network notices.
        batch.BatchCommands.Add(new("SET LOCAL idle_in_transaction_session_timeout = '30s'"));
        batch.BatchCommands.Add(
            new(
                $"""
                INSERT INTO {Table} AS earlier (id, organization_id, request_hash, created_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (id) DO UPDATE SET request_hash = excluded.request_hash, created_at = excluded.created_at, answer = NULL
                WHERE earlier.created_at <= $5
                """
            )
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = key.Id },
                    new NpgsqlParameter<Guid> { TypedValue = key.OrganizationId },
                    new NpgsqlParameter<byte[]> { TypedValue = requestHash },
                    new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
                    new NpgsqlParameter<DateTimeOffset> { TypedValue = now - Lifetime },
                },
            }
        );
        batch.BatchCommands.Add(
            new($"SELECT request_hash, answer FROM {Table} WHERE id = $1")
            {
                Parameters = { new NpgsqlParameter<Guid> { TypedValue = key.Id } },
            }
        );
        // The slice waits for its own locks as it always does.
        batch.BatchCommands.Add(new("SET LOCAL lock_timeout TO DEFAULT"));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (tells)
        {
            await reader.NextResultAsync(ct);
        }
        await reader.ReadAsync(ct);
        if (await reader.IsDBNullAsync(1, ct))
        {
            return null;
        }
        var isSame = CryptographicOperations.FixedTimeEquals(reader.GetFieldValue<byte[]>(0), requestHash);
        return new Earlier(isSame ? JsonSerializer.Deserialize<StoredAnswer>(reader.GetDecrypted(1, ring, AnswerColumn, key.Id)) : null);
    }

    /// <summary>Keeps the answer together with what the request has changed.</summary>
    public async Task KeepAsync(KeptKey key, StoredAnswer answer)
    {
        var update = new NpgsqlBatchCommand($"UPDATE {Table} SET answer = $2 WHERE id = $1")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = key.Id },
                new NpgsqlParameter<byte[]> { TypedValue = ring.Encrypt(AnswerColumn, key.Id, JsonSerializer.Serialize(answer)) },
            },
        };
        await ExecuteAsync(key, update);
        if (update.RecordsAffected != 1)
        {
            // Committed without its answer, the key would let nobody repeat the request.
            throw new InvalidOperationException($"The answer was written to {update.RecordsAffected} rows instead of the key's one.");
        }
    }

    /// <summary>Gives the key back, as if it had not been sent.</summary>
    public Task GiveBackAsync(KeptKey key) =>
        ExecuteAsync(
            key,
            new NpgsqlBatchCommand($"DELETE FROM {Table} WHERE id = $1")
            {
                Parameters = { new NpgsqlParameter<Guid> { TypedValue = key.Id } },
            }
        );

    /// <summary>The row of a key of this sender. Nobody who reads the table learns who used which key.</summary>
    public KeptKey KeyOf(KeySender sender, string key)
    {
        var whole = $"{sender.OrganizationId} {sender.SenderId} {Hash(Encoding.UTF8.GetBytes(key))}";
        var bytes = ring.SearchHash(IdColumn, whole).AsSpan(0, 16);
        // Version 8: an id made in a way of one's own (RFC 9562).
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new KeptKey(new Guid(bytes, bigEndian: true), sender.OrganizationId);
    }

    /// <summary>What two requests have in common that are the same.</summary>
    public byte[] HashOf(string method, string path, byte[] body) =>
        ring.SearchHash(RequestColumn, Hash([.. Encoding.UTF8.GetBytes($"{method} {path}\n"), .. body]));

    // Keyed hashes are made of texts in any case of letters, and digits have none.
    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));

    private async Task ExecuteAsync(KeptKey key, NpgsqlBatchCommand command)
    {
        await using var batch = NewBatch(key, out _);
        batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    // Told by the key, also after the slice has acted for somebody else.
    private NpgsqlBatch NewBatch(KeptKey key, out bool tells)
    {
        var scope = new RowScope(key.OrganizationId);
        var batch = new NpgsqlBatch(transactions.Connection);
        tells = transactions.HasToTell(scope);
        if (tells)
        {
            batch.BatchCommands.Add(scope.Telling);
        }
        return batch;
    }
}

/// <summary>The row of a key.</summary>
/// <param name="Id">Its id.</param>
/// <param name="OrganizationId">Whose it is.</param>
internal sealed record KeptKey(Guid Id, Guid OrganizationId);

/// <summary>What a key was used for before.</summary>
/// <param name="Answer">What was answered; null where it was another request.</param>
internal sealed record Earlier(StoredAnswer? Answer);

/// <summary>An answer as it is stored.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">The headers that the slice has set.</param>
/// <param name="Body">The body.</param>
internal sealed record StoredAnswer(int Status, Dictionary<string, string?[]> Headers, byte[] Body) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        foreach (var (name, values) in Headers)
        {
            response.Headers[name] = values;
        }
        if (Body.Length > 0)
        {
            await response.Body.WriteAsync(Body, httpContext.RequestAborted);
        }
    }
}
