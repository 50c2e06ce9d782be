using System.Data.Common;
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

    /// <summary>What ends a statement that is sent again, because nobody heard whether it was committed. Looking for it costs a fifth of a whole insert.</summary>
    public const string UnlessThere = " ON CONFLICT DO NOTHING";

    /// <summary>The statement of one entry, whose parameters have places.</summary>
    public static readonly string Sql = SqlOf(Columns.Select((_, place) => $"${place + 1}"));

    // Most requests change a few things.
    private static readonly (string Sql, string[] Parameters)[] KeptNamed = [.. Enumerable.Range(0, 8).Select(NamedOf)];

    /// <summary>That statement for an entry.</summary>
    public static NpgsqlBatchCommand CommandOf(AuditEntry entry, bool isSentAgain)
    {
        var command = new NpgsqlBatchCommand(isSentAgain ? Sql + UnlessThere : Sql);
        foreach (var column in Columns)
        {
            command.Parameters.Add(column.ParameterOf(entry));
        }
        return command;
    }

    /// <summary>Adds it, for each entry, to a command of EF's, whose parameters have names, behind all that it does.</summary>
    public static void AddTo(DbCommand command, IReadOnlyList<AuditEntry> entries)
    {
        var text = new string[entries.Count + 1];
        text[0] = command.CommandText;
        foreach (var (index, entry) in entries.Index())
        {
            (text[index + 1], var parameters) = index < KeptNamed.Length ? KeptNamed[index] : NamedOf(index);
            for (var place = 0; place < Columns.Length; place++)
            {
                command.Parameters.Add(Columns[place].ParameterOf(entry, parameters[place]));
            }
        }
        command.CommandText = string.Concat(text);
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
