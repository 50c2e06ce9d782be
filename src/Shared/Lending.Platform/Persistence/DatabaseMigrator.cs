using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>Brings every module's schema up to date, one process at a time.</summary>
public sealed class DatabaseMigrator(
    IServiceScopeFactory scopes,
    IEnumerable<ModuleDatabase> databases,
    OwnerDatabase owner,
    DatabaseRights rights,
    ILogger<DatabaseMigrator> logger
)
{
    // Any number will do, as long as every process of Lending takes the same one.
    private const long AdvisoryLock = 5_080_2026;

    /// <summary>Runs the pending migrations of all modules, then their <see cref="IDatabasePreparation"/>s, under an advisory lock.</summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        await CreateDatabaseIfMissingAsync(ct);
        await using var connection = await owner.DataSource.OpenConnectionAsync(ct);
        // Another process may be migrating for as long as it takes.
        await using var takeLock = new NpgsqlCommand($"SELECT pg_advisory_lock({AdvisoryLock})", connection) { CommandTimeout = 0 };
        await takeLock.ExecuteNonQueryAsync(ct);
        try
        {
            await rights.MakeRolesAsync(connection, ct);
            await using var scope = scopes.CreateAsyncScope();
            foreach (var database in databases)
            {
                var context = (DbContext)scope.ServiceProvider.GetRequiredService(database.ContextType);
                context.Database.SetDbConnection(connection);
                context.Database.SetCommandTimeout(TimeSpan.FromHours(1));
                await context.Database.MigrateAsync(ct);
                context.Database.SetDbConnection(null, contextOwnsConnection: true);
                await rights.GrantAsync(connection, database.Schema, context.Model, ct);
                logger.LogInformation("Schema {Schema} is up to date", database.Schema);
            }
            foreach (var preparation in scope.ServiceProvider.GetServices<IDatabasePreparation>())
            {
                await preparation.PrepareAsync(ct);
            }
        }
        finally
        {
            await using var releaseLock = new NpgsqlCommand($"SELECT pg_advisory_unlock({AdvisoryLock})", connection);
            await releaseLock.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    /// <summary>The schemas that miss migrations, each with their names: <c>identity: 20261101_First, 20261102_Second</c>.</summary>
    /// <param name="ownDatabase">Asked instead of the pool that requests use.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<IReadOnlyList<string>> FindPendingMigrationsAsync(NpgsqlDataSource ownDatabase, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var connection = await ownDatabase.OpenConnectionAsync(ct);
        var pending = new List<string>();
        foreach (var database in databases)
        {
            var context = (DbContext)scope.ServiceProvider.GetRequiredService(database.ContextType);
            var missing = context.Database.GetMigrations().Except(await FindAppliedAsync(connection, database.Schema, ct)).ToList();
            if (missing.Count > 0)
            {
                pending.Add($"{database.Schema}: {string.Join(", ", missing)}");
            }
        }
        return pending;
    }

    private static async Task<List<string>> FindAppliedAsync(NpgsqlConnection connection, string schema, CancellationToken ct)
    {
        var applied = new List<string>();
        // Names cannot be parameters; a schema's name comes from our own code.
        await using var select = new NpgsqlCommand(
            $"SELECT \"MigrationId\" FROM \"{schema}\".\"{ModuleDatabaseExtensions.MigrationsHistoryTable}\"",
            connection
        );
        try
        {
            await using var reader = await select.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                applied.Add(reader.GetString(0));
            }
        }
        catch (PostgresException nothing) when (nothing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return [];
        }
        return applied;
    }

    private async Task CreateDatabaseIfMissingAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = await owner.DataSource.OpenConnectionAsync(ct);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            var server = new NpgsqlConnectionStringBuilder(owner.Owner.ConnectionString);
            var name = server.Database!;
            logger.LogInformation("Creating database {Database}", name);
            server.Database = "postgres";
            await using var maintenance = NpgsqlDataSource.Create(server);
            await using var create = maintenance.CreateCommand(
                $"CREATE DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            );
            await create.ExecuteNonQueryAsync(ct);
        }
    }
}
