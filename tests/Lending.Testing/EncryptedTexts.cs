using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace Lending.Testing;

/// <summary>A text that is stored encrypted.</summary>
/// <param name="Table">The table, with its schema.</param>
/// <param name="Column">The column.</param>
/// <param name="Row">The row's key.</param>
/// <param name="Text">What it says.</param>
public sealed record EncryptedText(string Table, string Column, Guid Row, string Text);

/// <summary>Looks into what is stored encrypted, with the host's keys.</summary>
public static class EncryptedTexts
{
    /// <summary>All that the database holds encrypted.</summary>
    public static async Task<List<EncryptedText>> ReadEncryptedAsync(this IServiceProvider host)
    {
        await using var connection = await host.GetRequiredService<OwnerDatabase>().DataSource.OpenConnectionAsync();
        var found = new List<EncryptedText>();
        foreach (var table in host.GetRequiredService<EncryptedRows>().Tables())
        {
            found.AddRange(await ReadAsync(host, connection, table, "true"));
        }
        return found;
    }

    /// <summary>Gives copies that were made of a row by SQL what they need to be read: encrypted values of their own with its texts.</summary>
    /// <param name="host">The host's services.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="table">The table, with its schema.</param>
    /// <param name="template">An SQL condition that is true for the row alone.</param>
    /// <returns>Whether there is anything encrypted in the table; its rows were written once more then.</returns>
    internal static async Task<bool> EncryptCopiesAsync(
        this IServiceProvider host,
        NpgsqlConnection connection,
        string table,
        string template
    )
    {
        var encrypted = host.GetRequiredService<EncryptedRows>().Tables().FirstOrDefault(known => NameOf(known) == table);
        if (encrypted is null)
        {
            return false;
        }
        var ring = host.GetRequiredService<KeyRing>();
        foreach (var text in await ReadAsync(host, connection, encrypted, template))
        {
            var column = encrypted.Columns.Single(known => known.Name == text.Column);
            var copies = new List<Guid>();
            await using (
                var select = new NpgsqlCommand($"SELECT \"{encrypted.RowName}\" FROM {table} template WHERE NOT ({template})", connection)
            )
            {
                await using var reader = await select.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                {
                    copies.Add(reader.GetGuid(0));
                }
            }
            await using var update = new NpgsqlCommand(
                $"""
                UPDATE {table} t SET "{text.Column}" = made.bytes FROM unnest($1, $2) AS made (id, bytes) WHERE t."{encrypted.RowName}" = made.id
                """,
                connection
            )
            {
                CommandTimeout = 120,
            };
            update.Parameters.AddWithValue(copies.ToArray());
            update.Parameters.Add(
                new NpgsqlParameter
                {
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
                    Value = copies.Select(copy => ring.Encrypt(column.Column, copy, text.Text)).ToArray(),
                }
            );
            await update.ExecuteNonQueryAsync();
        }
        return true;
    }

    private static async Task<List<EncryptedText>> ReadAsync(
        IServiceProvider host,
        NpgsqlConnection connection,
        EncryptedRows.Table table,
        string template
    )
    {
        var ring = host.GetRequiredService<KeyRing>();
        var names = string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""));
        await using var select = new NpgsqlCommand(
            $"SELECT \"{table.RowName}\", {names} FROM {table.Name} template WHERE {template}",
            connection
        );
        await using var reader = await select.ExecuteReaderAsync();
        var found = new List<EncryptedText>();
        while (await reader.ReadAsync())
        {
            var row = reader.GetGuid(0);
            for (var index = 0; index < table.Columns.Count; index++)
            {
                if (reader.GetDecryptedOrNull(index + 1, ring, table.Columns[index].Column, row) is { } text)
                {
                    found.Add(new EncryptedText(NameOf(table), table.Columns[index].Name, row, text));
                }
            }
        }
        return found;
    }

    private static string NameOf(EncryptedRows.Table table) => table.Name.Replace("\"", "", StringComparison.Ordinal);
}
