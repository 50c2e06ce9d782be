using System.Text.Json;
using Npgsql;

namespace Lending.Audit.Entries;

/// <summary>An entry of the audit log.</summary>
internal sealed record EntryResponse
{
    /// <summary>The columns that <see cref="Read"/> reads, in its order.</summary>
    public static readonly FormattableString Columns = $"""
        id, at, action, operation, entity_type, entity_id, customer_id, shown_ids, user_id, api_key_id, session_id, address, request_id, changes
        """;

    /// <summary>The entry's id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>When it was done.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was done, such as `CREATE`, `UPDATE`, `DELETE`, `READ`, `EXPORT`, `LOGIN` or `FAILURE`.</summary>
    /// <example>UPDATE</example>
    public required string Action { get; init; }

    /// <summary>The use case that did it, as the API document calls it; null for what no request asked for.</summary>
    /// <example>approveOffer</example>
    public required string? Operation { get; init; }

    /// <summary>To what sort of thing.</summary>
    /// <example>LoanOffer</example>
    public required string EntityType { get; init; }

    /// <summary>To which of them; null where it was none or several.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid? EntityId { get; init; }

    /// <summary>The customer whom it concerns, if it is one.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid? CustomerId { get; init; }

    /// <summary>Of a list: the customers whom it has shown, or the things where they are no customer's.</summary>
    public required IReadOnlyList<Guid>? ShownIds { get; init; }

    /// <summary>Who did it, or made the API key that did; null for nobody who is known, and for the system itself.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid? UserId { get; init; }

    /// <summary>The API key that was used.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid? ApiKeyId { get; init; }

    /// <summary>The session that was used.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid? SessionId { get; init; }

    /// <summary>From where the request came.</summary>
    /// <example>203.0.113.7</example>
    public required string? Address { get; init; }

    /// <summary>The id of the request, as the log has it.</summary>
    /// <example>0HNBK4S1P0A5T:00000002</example>
    public required string? RequestId { get; init; }

    /// <summary>Each column that changed, with its values before and after. `***` stands for what is secret or personal.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<JsonElement>>? Changes { get; init; }

    public static EntryResponse Read(NpgsqlDataReader row) =>
        new()
        {
            Id = row.GetGuid(0),
            At = row.GetFieldValue<DateTimeOffset>(1),
            Action = row.GetString(2),
            Operation = row.IsDBNull(3) ? null : row.GetString(3),
            EntityType = row.GetString(4),
            EntityId = IdAt(row, 5),
            CustomerId = IdAt(row, 6),
            ShownIds = row.IsDBNull(7) ? null : row.GetFieldValue<Guid[]>(7),
            UserId = IdAt(row, 8),
            ApiKeyId = IdAt(row, 9),
            SessionId = IdAt(row, 10),
            Address = row.IsDBNull(11) ? null : row.GetString(11),
            RequestId = row.IsDBNull(12) ? null : row.GetString(12),
            Changes = row.IsDBNull(13)
                ? null
                : JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<JsonElement>>>(row.GetString(13)),
        };

    private static Guid? IdAt(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
}
