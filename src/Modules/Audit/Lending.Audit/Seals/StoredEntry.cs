using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Lending.Platform.Audit;
using Npgsql;

namespace Lending.Audit.Seals;

/// <summary>An entry of the log as the database has it now.</summary>
internal sealed record StoredEntry(Position Position, DateTimeOffset At, bool IsRead, byte[] Hash)
{
    /// <summary>The columns that <see cref="Read"/> reads, in its order. All but the first are hashed.</summary>
    public const string Columns = """
        transaction, id, at, organization_id, action, operation, entity_type, entity_id, customer_id, shown_ids, user_id, api_key_id, session_id, address,
        request_id, changes
        """;

    public Guid Id => Position.EntryId;

    public static StoredEntry Read(NpgsqlDataReader row)
    {
        var at = row.GetFieldValue<DateTimeOffset>(2);
        var canonical = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(canonical))
        {
            writer.WriteStartArray();
            for (var column = 1; column < row.FieldCount; column++)
            {
                Write(writer, row.IsDBNull(column) ? null : row.GetValue(column));
            }
            writer.WriteEndArray();
        }
        return new StoredEntry(
            new Position(row.GetInt64(0), row.GetGuid(1)),
            at,
            row.GetString(4) == AuditAction.Read,
            SHA256.HashData(canonical.WrittenSpan)
        );
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case DateTime time:
                writer.WriteNumberValue(time.Ticks);
                break;
            case Guid id:
                writer.WriteStringValue(id);
                break;
            case Guid[] ids:
                writer.WriteStartArray();
                foreach (var id in ids)
                {
                    writer.WriteStringValue(id);
                }
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue((string)value);
                break;
        }
    }
}
