using System.Diagnostics;
using Lending.EmbeddedPostgres;
using Lending.Testing;
using Npgsql;

namespace Lending.Faults.Tests;

/// <summary>
/// A PostgreSQL as an operator runs it, with WAL and backups in a repository as <c>ops</c> says. What differs, its places, pgBackRest is told by the environment.
/// What is restored from there is served beside it.
/// </summary>
public sealed class ArchivingPostgres(MigratedData migrated) : IAsyncLifetime
{
    private const int OriginalPort = 5432;
    private const int RestoredPort = 5433;

    private static readonly string Ops = Path.Combine(AppContext.BaseDirectory, "ops");

    private readonly string folder = LendingProcess.NewDataDirectory();
    private readonly List<string> running = [];
    private string programs = "";

    /// <summary>How the owner of the database connects to it.</summary>
    public string ConnectionString => ConnectionTo(OriginalPort);

    /// <summary>The same for the one that was restored.</summary>
    public string RestoredConnectionString => ConnectionTo(RestoredPort);

    public string Data => Path.Combine(folder, "data");

    public string Repository => Path.Combine(folder, "repository");

    /// <summary>Where hosts would keep uploaded files.</summary>
    public string Documents => Path.Combine(folder, "documents");

    /// <summary>Where those are copied to.</summary>
    public string DocumentsBackup => Path.Combine(folder, "documents-backup");

    /// <summary>What <c>ops</c> tells Prometheus.</summary>
    public string Metrics => Path.Combine(folder, "metrics");

    /// <summary>The signing key of the hosts on it, which also seals the audit log.</summary>
    public (string Name, string Value) SigningKey { get; } =
        ("Jwt__SigningKeys__first", Lending.Platform.Security.AccessTokenOptions.NewSigningKey());

    public async ValueTask InitializeAsync()
    {
        OtherPrograms.Need("pgbackrest", "pgbackrest");
        OtherPrograms.Need("jq", "jq");
        programs = await PostgresBinaries.FindAsync(new PostgresServerOptions(), TestContext.Current.CancellationToken);
        var secrets = Path.Combine(folder, "settings", "conf.d");
        Directory.CreateDirectory(secrets);
        Directory.CreateDirectory(Documents);
        Directory.CreateDirectory(DocumentsBackup);
        Directory.CreateDirectory(Metrics);
        File.Copy(Script("pgbackrest.conf"), Path.Combine(folder, "settings", "pgbackrest.conf"));
        await File.WriteAllTextAsync(Path.Combine(secrets, "passphrase.conf"), $"[global]\nrepo1-cipher-pass={Unique.Text()}\n");
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "-R", "postgres:postgres", folder);
        }
        await migrated.CopyAsync(Data);
        await File.AppendAllTextAsync(
            Path.Combine(Data, "postgresql.conf"),
            $"listen_addresses = ''\nunix_socket_directories = '{folder}'\n{await File.ReadAllTextAsync(Script("archive.conf"))}"
        );
        await StartAsync(Data, OriginalPort);
    }

    /// <summary>Starts PostgreSQL on what was restored, and waits until it has replayed WAL up to where it was asked to.</summary>
    public async Task StartRestoredAsync(string restored)
    {
        await StartAsync(restored, RestoredPort);
        while (await QueryAsync(RestoredConnectionString, "SELECT pg_is_in_recovery()") is true)
        {
            await Task.Delay(20);
        }
    }

    /// <summary>Waits until all that was written is in the repository.</summary>
    public async Task UntilArchivedAsync()
    {
        // Where nothing was written since the last switch, there is no segment to wait for.
        await QueryAsync(ConnectionString, "SELECT pg_create_restore_point('archived')");
        var segment = await QueryAsync(ConnectionString, "SELECT pg_walfile_name(pg_switch_wal())");
        while (
            await QueryAsync(ConnectionString, $"SELECT coalesce(last_archived_wal >= '{segment}', false) FROM pg_stat_archiver")
                is not true
        )
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A folder that only PostgreSQL's user will get into.</summary>
    public string NewFolder() => Path.Combine(folder, Unique.Text());

    /// <summary>Where a script of <c>ops</c> is.</summary>
    public static string Script(string name) => Path.Combine(Ops, name);

    /// <summary>Runs a script of <c>ops</c>, and answers what it wrote.</summary>
    public Task<string> OpsAsync(string script, params string[] arguments) => RunAsync([Script(script), .. arguments]);

    /// <summary>Runs a program with the settings of the repository, and answers what it wrote; its failure is one of the test.</summary>
    public async Task<string> RunAsync(params string[] command)
    {
        var (exitCode, output) = await TryAsync(command);
        exitCode.ShouldBe(0, $"{string.Join(' ', command)}\n{output}");
        return output;
    }

    /// <summary>The same, also of one that fails.</summary>
    public async Task<(int ExitCode, string Output)> TryAsync(string[] command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        (string Name, string Value)[] places =
        [
            ("PGBACKREST_CONFIG_PATH", Path.Combine(folder, "settings")),
            ("PGBACKREST_REPO1_PATH", Repository),
            ("PGBACKREST_LOCK_PATH", Path.Combine(folder, "locks")),
            ("PGBACKREST_PG1_PATH", Data),
            ("PGBACKREST_PG1_SOCKET_PATH", folder),
            ("POSTGRES_PROGRAMS", programs),
            ("SCRATCH", folder),
            ("DOCUMENTS_FOLDER", Documents),
            ("DOCUMENTS_BACKUP", DocumentsBackup),
            ("METRICS_FOLDER", Metrics),
        ];
        foreach (var (name, value) in places.Concat(environment))
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    /// <summary>Runs SQL as the owner, and answers its first value.</summary>
    public static async Task<object?> QueryAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Of every table of every schema: how many rows it has, and a checksum of all of them.</summary>
    public static async Task<SortedDictionary<string, string>> ChecksumsAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (
            var list = new NpgsqlCommand(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
                connection
            )
        )
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }
        var checksums = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            await using var sum = new NpgsqlCommand(
                $"SELECT count(*) || ' rows, ' || md5(coalesce(string_agg(row::text, '' ORDER BY row::text), '')) FROM {table} AS row",
                connection
            );
            checksums.Add(table, (string)(await sum.ExecuteScalarAsync())!);
        }
        return checksums;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var data in running)
        {
            await RunAsync(ClusterCommands.Stop(programs, data));
        }
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartAsync(string data, int port)
    {
        await RunAsync(ClusterCommands.Start(programs, data, port));
        running.Add(data);
    }

    private string ConnectionTo(int port) => $"Host={folder};Port={port};Username=postgres;Database=lending";
}
