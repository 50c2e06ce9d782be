using Lending.Testing;

namespace Lending.Identity.Tests;

/// <summary>Looks behind the API, and makes states that it does not.</summary>
internal static class Sql
{
    public static async Task ExecuteSqlAsync(this ModuleHost host, string sql)
    {
        await using var command = host.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<object?> ReadSqlAsync(this ModuleHost host, string sql)
    {
        await using var command = host.Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
