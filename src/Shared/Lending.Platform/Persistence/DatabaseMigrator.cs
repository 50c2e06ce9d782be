using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>
/// Brings every module's schema up to date, one process at a time, while the version before serves: no statement waits long for a lock, because whoever wants
/// the table waits behind it.
/// </summary>
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

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(3);

    /// <summary>For how long a change is tried that does not get its locks.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Runs the pending migrations of all modules, then their <see cref="IDatabasePreparation"/>s, under an advisory lock.</summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        await CreateDatabaseIfMissingAsync(ct);
        await using var connection = await owner.DataSource.OpenConnectionAsync(ct);
        // Another process may be migrating for as long as it takes. The lock is free when the connection, which no pool keeps, is closed.
        await using var takeLock = new NpgsqlCommand($"SELECT pg_advisory_lock({AdvisoryLock})", connection) { CommandTimeout = 0 };
        await takeLock.ExecuteNonQueryAsync(ct);
        await using var limit = new NpgsqlCommand($"SET lock_timeout = {LongestWait.TotalMilliseconds}", connection);
        await limit.ExecuteNonQueryAsync(ct);
        await rights.MakeRolesAsync(connection, ct);
        await rights.LimitAsync(connection, ct);
        await using var scope = scopes.CreateAsyncScope();
        foreach (var database in databases)
        {
            var context = (DbContext)scope.ServiceProvider.GetRequiredService(database.ContextType);
            context.Database.SetDbConnection(connection);
            context.Database.SetCommandTimeout(TimeSpan.FromHours(1));
            // Each migration is a transaction of its own, and the next attempt begins with the one that failed.
            await InShortLocksAsync($"The migration of {database.Schema}", () => context.Database.MigrateAsync(ct), ct);
            context.Database.SetDbConnection(null, contextOwnsConnection: true);
            await InShortLocksAsync(
                $"Granting what is in {database.Schema}",
                () => rights.GrantAsync(connection, database.Schema, context.Model, ct),
                ct
            );
            logger.LogInformation("Schema {Schema} is up to date", database.Schema);
        }
        foreach (var preparation in scope.ServiceProvider.GetServices<IDatabasePreparation>())
        {
            await preparation.PrepareAsync(ct);
        }
    }

    /// <summary>
    /// The schemas that miss migrations, each with their names: <c>identity: 20261101_First, 20261102_Second</c>; null while a migration under way does not let
    /// anybody look.
    /// </summary>
    /// <param name="ownDatabase">Asked instead of the pool that requests use.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<IReadOnlyList<string>?> FindPendingMigrationsAsync(NpgsqlDataSource ownDatabase, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var connection = await ownDatabase.OpenConnectionAsync(ct);
        var pending = new List<string>();
        foreach (var database in databases)
        {
            var context = (DbContext)scope.ServiceProvider.GetRequiredService(database.ContextType);
            if (await FindAppliedAsync(connection, database.Schema, ct) is not { } applied)
            {
                return null;
            }
            var missing = context.Database.GetMigrations().Except(applied).ToList();
            if (missing.Count > 0)
            {
                pending.Add($"{database.Schema}: {string.Join(", ", missing)}");
            }
        }
        return pending;
    }

    private async Task InShortLocksAsync(string change, Func<Task> run, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await run();
                return;
            }
            // EF wraps what may go by itself.
            catch (Exception held)
                when ((held as PostgresException ?? held.InnerException as PostgresException)?.SqlState
                        is PostgresErrorCodes.LockNotAvailable
                            or PostgresErrorCodes.DeadlockDetected
                )
            {
                if (Stopwatch.GetElapsedTime(began) > Patience)
                {
                    throw new InvalidOperationException(
                        $"{change} got no lock in {attempt} attempts: somebody keeps a table. What was not whole was undone; run 'migrate' again.",
                        held
                    );
                }
                if (attempt == 1)
                {
                    logger.LogWarning("{Change} waits for a table that somebody keeps", change);
                }
                // Who was held up gets through first.
                await Task.Delay(LongestWait * (2 + Random.Shared.NextDouble()), ct);
            }
        }
    }

    /// <summary>Null while a migration under way keeps the table of its history. How long to wait is told for this transaction alone: PgBouncer may be in between.</summary>
    private static async Task<List<string>?> FindAppliedAsync(NpgsqlConnection connection, string schema, CancellationToken ct)
    {
        var applied = new List<string>();
        // Names cannot be parameters; a schema's name comes from our own code.
        await using var select = new NpgsqlCommand(
            $"SELECT set_config('lock_timeout', '{LongestLook.TotalMilliseconds}', true); SELECT \"MigrationId\" FROM \"{schema}\".\"{ModuleDatabaseExtensions.MigrationsHistoryTable}\"",
            connection
        );
        try
        {
            await using var reader = await select.ExecuteReaderAsync(ct);
            await reader.NextResultAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                applied.Add(reader.GetString(0));
            }
        }
        catch (PostgresException nothing) when (nothing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return [];
        }
        catch (PostgresException kept) when (kept.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return null;
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
