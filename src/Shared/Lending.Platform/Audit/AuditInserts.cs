using System.Data.Common;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Lending.Platform.Audit;

/// <summary>The statement that writes an entry: it goes with others, so that an entry costs no round trip, and EF need not know of it.</summary>
internal static class AuditInserts
{
    private static readonly Column[] Columns =
    [
        new("id", NpgsqlDbType.Uuid, entry => entry.Id),
        new("at", NpgsqlDbType.TimestampTz, entry => entry.At),
        new("organization_id", NpgsqlDbType.Uuid, entry => entry.OrganizationId),
        new("action", NpgsqlDbType.Text, entry => entry.Action),
        new("operation", NpgsqlDbType.Text, entry => entry.Operation),
        new("entity_type", NpgsqlDbType.Text, entry => entry.EntityType),
        new("entity_id", NpgsqlDbType.Uuid, entry => entry.EntityId),
        new("customer_id", NpgsqlDbType.Uuid, entry => entry.CustomerId),
        new("shown_ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid, entry => entry.ShownIds),
        new("user_id", NpgsqlDbType.Uuid, entry => entry.UserId),
        new("api_key_id", NpgsqlDbType.Uuid, entry => entry.ApiKeyId),
        new("session_id", NpgsqlDbType.Uuid, entry => entry.SessionId),
        new("address", NpgsqlDbType.Text, entry => entry.Address),
        new("request_id", NpgsqlDbType.Text, entry => entry.RequestId),
        new("changes", NpgsqlDbType.Json, entry => entry.Changes),
    ];

    /// <summary>The statement of one entry of a read. It may be sent again, where nobody heard whether it was committed.</summary>
    public static readonly string RepeatableSql = $"{SqlOf(Columns.Select((_, place) => $"${place + 1}"))} ON CONFLICT DO NOTHING";

    // Most requests change a few things.
    private static readonly (string Sql, string[] Parameters)[] KeptNamed = [.. Enumerable.Range(0, 8).Select(NamedOf)];

    /// <summary>That statement for an entry.</summary>
    public static NpgsqlBatchCommand RepeatableOf(AuditEntry entry)
    {
        var command = new NpgsqlBatchCommand(RepeatableSql);
        foreach (var column in Columns)
        {
            command.Parameters.Add(column.ParameterOf(entry));
        }
        return command;
    }

    /// <summary>Adds it, for each entry, to a command of EF's, whose parameters have names, behind all that it does.</summary>
    public static void AddTo(DbCommand command, IReadOnlyList<AuditEntry> entries)
    {
        var text = new StringBuilder(command.CommandText);
        foreach (var (index, entry) in entries.Index())
        {
            var (sql, parameters) = index < KeptNamed.Length ? KeptNamed[index] : NamedOf(index);
            text.Append(sql);
            foreach (var (column, parameter) in Columns.Zip(parameters))
            {
                command.Parameters.Add(column.ParameterOf(entry, parameter));
            }
        }
        command.CommandText = text.ToString();
    }

    private static (string Sql, string[] Parameters) NamedOf(int index)
    {
        // Short: Npgsql reads all of the text each time.
        string[] parameters = [.. Columns.Select((_, place) => $"a{index}_{place}")];
        return ($"{SqlOf(parameters.Select(parameter => $"@{parameter}"))};\n", parameters);
    }

    private static string SqlOf(IEnumerable<string> values) =>
        $"INSERT INTO audit.entries ({string.Join(", ", Columns.Select(column => column.Name))}) VALUES ({string.Join(", ", values)})";

    private sealed record Column(string Name, NpgsqlDbType Type, Func<AuditEntry, object?> ValueOf)
    {
        public NpgsqlParameter ParameterOf(AuditEntry entry, string? name = null) =>
            new(name, Type) { Value = ValueOf(entry) ?? DBNull.Value };
    }
}
