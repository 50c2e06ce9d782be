using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>Reads of jobs past EF, on a connection that they hold.</summary>
public static class NpgsqlReads
{
    /// <summary>All rows of a statement.</summary>
    public static async Task<List<T>> ReadAsync<T>(
        this NpgsqlConnection connection,
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken ct,
        params NpgsqlParameter[] parameters
    )
    {
        await using var select = new NpgsqlCommand(sql, connection);
        select.CommandTimeout = EveryOrganization.TimeoutOfJob(select.CommandTimeout);
        select.Parameters.AddRange(parameters);
        await using var reader = await select.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(reader));
        }
        return rows;
    }
}
