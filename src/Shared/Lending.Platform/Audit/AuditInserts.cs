using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Lending.Platform.Audit;

/// <summary>Adds entries of changes to a command, behind what it does already, so that they cost no round trip, and EF need not know of them.</summary>
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
        new("user_id", NpgsqlDbType.Uuid, entry => entry.UserId),
        new("api_key_id", NpgsqlDbType.Uuid, entry => entry.ApiKeyId),
        new("session_id", NpgsqlDbType.Uuid, entry => entry.SessionId),
        new("address", NpgsqlDbType.Text, entry => entry.Address),
        new("request_id", NpgsqlDbType.Text, entry => entry.RequestId),
        new("changes", NpgsqlDbType.Json, entry => entry.Changes),
    ];

    // Most requests change a few things.
    private static readonly Statement[] Kept = [.. Enumerable.Range(0, 8).Select(Statement.Of)];

    /// <summary>Adds one statement for each entry. They have the same text for PostgreSQL, which prepares it once.</summary>
    public static void AddTo(DbCommand command, IReadOnlyList<AuditEntry> entries)
    {
        for (var index = 0; index < entries.Count; index++)
        {
            var (sql, parameters) = index < Kept.Length ? Kept[index] : Statement.Of(index);
            command.CommandText += sql;
            for (var column = 0; column < Columns.Length; column++)
            {
                command.Parameters.Add(
                    new NpgsqlParameter(parameters[column], Columns[column].Type)
                    {
                        Value = Columns[column].ValueOf(entries[index]) ?? DBNull.Value,
                    }
                );
            }
        }
    }

    private sealed record Column(string Name, NpgsqlDbType Type, Func<AuditEntry, object?> ValueOf);

    private sealed record Statement(string Sql, string[] Parameters)
    {
        public static Statement Of(int index)
        {
            string[] parameters = [.. Columns.Select(column => $"audit_{index}_{column.Name}")];
            return new(
                $"INSERT INTO audit.entries ({string.Join(", ", Columns.Select(column => column.Name))}) VALUES (@{string.Join(", @", parameters)});\n",
                parameters
            );
        }
    }
}
