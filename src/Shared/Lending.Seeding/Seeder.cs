using System.Diagnostics;
using System.Text.Json;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Seeding;

/// <summary>What a seeding has made, or found made.</summary>
/// <param name="Plan">What there is now.</param>
/// <param name="IsNew">False where an earlier seeding had made it.</param>
/// <param name="Counts">How many of each label were made.</param>
/// <param name="RowCount">How many rows were written.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record SeedResult(SeedPlan Plan, bool IsNew, IReadOnlyDictionary<string, long> Counts, long RowCount, TimeSpan Elapsed);

/// <summary>Fake data would break a constraint, because somebody else's row has what a fake one needs.</summary>
public sealed class SeedingClashException(string message, Exception inner) : InvalidOperationException(message, inner);

/// <summary>
/// Fills the database with fake data, once, and empties it of that. Every seeded organisation is noted in a schema that only seeded databases
/// have; what belongs to one of these is fake, and nothing else is.
/// </summary>
/// <param name="services">The host's services.</param>
/// <param name="seedersOf">Makes the modules' seeders on a scope's services, those first whom others build upon.</param>
public sealed class Seeder(IServiceProvider services, Func<IServiceProvider, IReadOnlyList<IModuleSeeder>> seedersOf)
{
    // Any number will do, as long as every process of Lending takes the same one.
    private const long AdvisoryLock = 5_080_2027;

    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    /// <summary>Makes what the options say, all of it or nothing; does nothing where an earlier seeding is.</summary>
    public async Task<SeedResult> SeedAsync(SeedOptions options, IProgress<SeedProgress>? progress, CancellationToken ct)
    {
        if (options.Fault is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }
        var start = Stopwatch.GetTimestamp();
        await using var scope = services.CreateAsyncScope();
        var seeders = seedersOf(scope.ServiceProvider);
        await using var connection = await services.GetRequiredService<OwnerDatabase>().DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await PrepareAsync(connection, ct);
        var found = await FindAsync(connection, ct);
        var plan = new SeedPlan(found ?? options);
        foreach (var seeder in seeders)
        {
            seeder.Prepare(plan);
        }
        var writer = new SeedWriter(connection, services.GetRequiredService<KeyRing>(), progress);
        if (found is not null)
        {
            return new SeedResult(plan, IsNew: false, writer.Counts, 0, Stopwatch.GetElapsedTime(start));
        }
        try
        {
            await NoteAsync(connection, plan, ct);
            var schemas = services.GetServices<ModuleDatabase>().Select(database => database.Schema);
            var dropped = await DroppedDuringCopy.DropAsync(connection, schemas, ct);
            await RunAsync(connection, ForcingOfPolicies("NO FORCE"), ct);
            foreach (var seeder in seeders)
            {
                await seeder.WriteAsync(plan, writer, ct);
            }
            await writer.AnalyzeAsync(ct);
            await dropped.RestoreAsync(connection, progress, ct);
            await RunAsync(connection, ForcingOfPolicies("FORCE"), ct);
            await transaction.CommitAsync(ct);
        }
        catch (PostgresException clash) when (clash.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new SeedingClashException(
                $"Nothing was seeded: a row of {clash.SchemaName}.{clash.TableName} that no seeding has made has what a fake one needs "
                    + $"({clash.ConstraintName}). Use an empty database.",
                clash
            );
        }
        return new SeedResult(plan, IsNew: true, writer.Counts, writer.RowCount, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>
    /// Deletes the seeded organisations with everything in them, what people have added included; answers how many rows that were.
    /// </summary>
    public async Task<long> EmptyAsync(CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        await using var connection = await services.GetRequiredService<OwnerDatabase>().DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await PrepareAsync(connection, ct);
        var organizations = new List<Guid>();
        await using (var command = new NpgsqlCommand("SELECT id FROM seeding.organizations", connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                organizations.Add(reader.GetGuid(0));
            }
        }
        var writer = new SeedWriter(connection, services.GetRequiredService<KeyRing>(), progress: null);
        foreach (var seeder in seedersOf(scope.ServiceProvider).Reverse())
        {
            await seeder.EmptyAsync(organizations, writer, ct);
        }
        await RunAsync(connection, "DROP SCHEMA seeding CASCADE", ct);
        await transaction.CommitAsync(ct);
        return writer.RowCount;
    }

    // PostgreSQL copies into no table whose policies hold for who copies. They hold for no superuser, and for an owner where they are forced.
    private static string ForcingOfPolicies(string force) =>
        $"""
            DO $force$ DECLARE t regclass; BEGIN
                FOR t IN SELECT polrelid FROM pg_policy WHERE polname = 'every_organization'
                    AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
                LOOP
                    EXECUTE format('ALTER TABLE %s {force} ROW LEVEL SECURITY', t);
                END LOOP;
            END $force$
            """;

    private static async Task PrepareAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await RunAsync(connection, $"SELECT pg_advisory_xact_lock({AdvisoryLock})", ct);
        await RunAsync(
            connection,
            """
            CREATE SCHEMA IF NOT EXISTS seeding;
            CREATE TABLE IF NOT EXISTS seeding.organizations (id uuid PRIMARY KEY, options text NOT NULL);
            SET LOCAL synchronous_commit = off;
            -- Large sorted batches are what a trigram index takes in fastest.
            SET LOCAL work_mem = '64MB';
            SET LOCAL maintenance_work_mem = '48MB';
            SET LOCAL gin_pending_list_limit = '32MB';
            -- Three times as fast as the usual compression of long texts, where this PostgreSQL has it.
            SELECT set_config('default_toast_compression', 'lz4', true) FROM pg_settings
            WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals);
            -- Checked batch by batch, not all at the end, where a terminal would show no progress.
            SET CONSTRAINTS ALL IMMEDIATE;
            """,
            ct
        );
    }

    private static async Task<SeedOptions?> FindAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT options FROM seeding.organizations LIMIT 1", connection);
        return await command.ExecuteScalarAsync(ct) is string options ? JsonSerializer.Deserialize<SeedOptions>(options, Json) : null;
    }

    private static async Task NoteAsync(NpgsqlConnection connection, SeedPlan plan, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("INSERT INTO seeding.organizations SELECT unnest($1), $2", connection);
        command.Parameters.Add(
            new NpgsqlParameter<Guid[]> { TypedValue = [.. plan.Organizations.Select(organization => organization.Id)] }
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(plan.Options, Json) });
        await command.ExecuteNonQueryAsync(ct);
    }

    internal static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
