using System.Diagnostics;
using Lending.EmbeddedPostgres;
using Lending.Testing;

namespace Lending.Faults.Tests;

/// <summary>A PostgreSQL and its standby, which follows it by streaming.</summary>
public sealed class StreamingPostgres(MigratedData migrated) : IAsyncLifetime
{
    private const int PrimaryPort = 5432;
    private const int StandbyPort = 5433;

    private readonly string folder = LendingProcess.NewDataDirectory();
    private readonly HashSet<string> running = new(StringComparer.Ordinal);
    private string programs = "";

    /// <summary>How the owner connects to the primary.</summary>
    public string Primary => ConnectionTo(PrimaryPort);

    /// <summary>How the owner connects to the standby.</summary>
    public string Standby => ConnectionTo(StandbyPort);

    private string PrimaryData => Path.Combine(folder, "primary");

    private string StandbyData => Path.Combine(folder, "standby");

    public async ValueTask InitializeAsync()
    {
        programs = await PostgresBinaries.FindAsync(new PostgresServerOptions(), TestContext.Current.CancellationToken);
        Directory.CreateDirectory(folder);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres:postgres", folder);
        }
        await migrated.CopyAsync(PrimaryData);
        await File.AppendAllTextAsync(
            Path.Combine(PrimaryData, "postgresql.conf"),
            $"listen_addresses = ''\nunix_socket_directories = '{folder}'\nfsync = off\nshared_buffers = 32MB\n"
        );
        await StartServerAsync(PrimaryData, PrimaryPort);
        string[] copy = ["-h", folder, "-p", $"{PrimaryPort}", "-U", "postgres", "-D", StandbyData, "-R", "-c", "fast"];
        await RunAsync(ClusterCommands.Of(programs, "pg_basebackup", copy));
        await StartStandbyAsync();
    }

    public Task StartStandbyAsync() => StartServerAsync(StandbyData, StandbyPort);

    /// <summary>Stops the standby at once, as a crash does.</summary>
    public Task StopStandbyAsync() => StopServerAsync(StandbyData);

    /// <summary>From here on the standby shows nothing new.</summary>
    public async Task PauseAsync()
    {
        await ArchivingPostgres.QueryAsync(Standby, "SELECT pg_wal_replay_pause()");
        while (await ArchivingPostgres.QueryAsync(Standby, "SELECT pg_get_wal_replay_pause_state()") is not "paused")
        {
            await Task.Delay(20);
        }
    }

    /// <summary>The standby replays what came meanwhile; ends when it shows all that is committed now.</summary>
    public async Task ResumeAsync()
    {
        await ArchivingPostgres.QueryAsync(Standby, "SELECT pg_wal_replay_resume()");
        var place = (await ArchivingPostgres.QueryAsync(Primary, "SELECT pg_current_wal_lsn()"))!;
        while (await ArchivingPostgres.QueryAsync(Standby, $"SELECT pg_last_wal_replay_lsn() >= '{place}'") is not true)
        {
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var data in running.ToList())
        {
            await StopServerAsync(data);
        }
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartServerAsync(string data, int port)
    {
        await RunAsync(ClusterCommands.Start(programs, data, port));
        running.Add(data);
    }

    private async Task StopServerAsync(string data)
    {
        await RunAsync(ClusterCommands.Stop(programs, data));
        running.Remove(data);
    }

    private static async Task RunAsync(params string[] command)
    {
        // What it starts keeps its output open, so nobody waits for the end of that.
        using var process = Process.Start(
            new ProcessStartInfo(command[0], command[1..])
            {
                UseShellExecute = false,
                WorkingDirectory = "/",
                RedirectStandardInput = true,
            }
        )!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, string.Join(' ', command));
    }

    private string ConnectionTo(int port) => $"Host={folder};Port={port};Username=postgres;Database=lending";
}
