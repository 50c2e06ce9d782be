using System.Net;
using System.Net.Sockets;

namespace Lending.EmbeddedPostgres;

/// <summary>
/// A PostgreSQL of our own as a child process. It stops when this is disposed, and on Linux and macOS also when this process dies in any
/// other way; on Windows a killed process leaves its server running, and the next start on the same data folder stops it.
/// Only the user of this process (and root) can connect to it; on Windows every local user can.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "postgres";

    private readonly string binaries;
    private readonly DataFolder folder;
    private ServerProcess? process;

    private PostgresServer(string binaries, DataFolder folder)
    {
        this.binaries = binaries;
        this.folder = folder;
    }

    /// <summary>The connection string for Npgsql.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>The folder with the data.</summary>
    public string DataDirectory => folder.Location;

    /// <summary>Starts a server, makes its data folder first where there is none, and returns when it accepts connections.</summary>
    /// <exception cref="InvalidOperationException">There is no PostgreSQL, or the data folder cannot be used; the message says what helps.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var found = await PostgresBinaries.FindAsync(options, cancellationToken);
        try
        {
            var server = new PostgresServer(found, DataFolder.Open(options.DataDirectory));
            try
            {
                await server.RunAsync(options, cancellationToken);
                return server;
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new InvalidOperationException(
                $"The data directory '{options.DataDirectory}' is closed to this user. Run as the user that made it, "
                    + "or set EmbeddedPostgres__DataDirectory to another folder.",
                exception
            );
        }
    }

    /// <summary>Stops the server, waits until it is gone, and deletes a temporary data folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            if (OperatingSystem.IsWindows() && !process.HasExited)
                await StopOnWindowsAsync(CancellationToken.None);
            await process.DisposeAsync();
            process = null;
        }
        folder.Dispose();
    }

    private async Task RunAsync(PostgresServerOptions options, CancellationToken cancellationToken)
    {
        if (folder.MajorVersion() is { } version)
            await PrepareExistingAsync(version, cancellationToken);
        else
            await folder.FillAsync(draft => InitializeAsync(draft, cancellationToken));

        List<string> settings =
        [
            $"max_connections={options.MaxConnections}",
            "timezone=UTC",
            $"shared_buffers={options.SharedBuffersMegabytes}MB",
            // Loads no compiler, of 50 MB, for a statement.
            "jit=off",
            // Nobody copies what it logs: what is copied into a new table is flushed to the disk, and not logged as well.
            "wal_level=minimal",
            "max_wal_senders=0",
        ];
        if (!options.Durable)
            settings.AddRange(["fsync=off", "full_page_writes=off", "synchronous_commit=off"]);
        var (host, port) = ("127.0.0.1", 5432);
        var socketDirectory = "";
        if (OperatingSystem.IsWindows())
        {
            port = FreePort();
            settings.Add($"listen_addresses={host}");
        }
        else
        {
            // Not the temporary folder of the environment: a socket's path has at most about 100 bytes.
            host = socketDirectory = DataFolder.CreatePrivate("/tmp", "lending-pg-");
            await ServerProcess.HandOverAsync(socketDirectory, cancellationToken);
            settings.AddRange(["listen_addresses=", $"unix_socket_directories={socketDirectory}", "unix_socket_permissions=0700"]);
        }
        settings.Add($"port={port}");

        process = ServerProcess.Start(
            PostgresBinaries.PathOf(binaries, "postgres"),
            folder.Location,
            settings.SelectMany(setting => new[] { "-c", setting }),
            socketDirectory,
            folder.TemporaryRoot ?? ""
        );
        await WaitUntilReadyAsync(process, cancellationToken);
        ConnectionString = $"Host={host};Port={port};Username={User};Database={User}";
    }

    private async Task PrepareExistingAsync(string version, CancellationToken cancellationToken)
    {
        // "postgres (PostgreSQL) 17.5 (Debian …)"
        var output = await ServerProcess.RunAsync(PostgresBinaries.PathOf(binaries, "postgres"), ["--version"], cancellationToken);
        var program = string.Concat(output[(output.IndexOf(')', StringComparison.Ordinal) + 1)..].Trim().TakeWhile(char.IsAsciiDigit));
        if (!string.Equals(program, version, StringComparison.Ordinal))
            throw new InvalidOperationException(
                $"The data directory '{DataDirectory}' was made by PostgreSQL {version}, but '{binaries}' is PostgreSQL {program}. "
                    + $"Delete the folder to start afresh, or set {PostgresBinaries.EnvironmentVariable} to the programs of PostgreSQL {version}, "
                    + "or EmbeddedPostgres__DataDirectory to another folder."
            );
        if (OperatingSystem.IsWindows() && folder.IsServerReady())
            await StopOnWindowsAsync(cancellationToken);
        await folder.WaitForFormerServerAsync(cancellationToken);
        await ServerProcess.HandOverAsync(DataDirectory, cancellationToken);
    }

    private async Task InitializeAsync(string draft, CancellationToken cancellationToken)
    {
        await ServerProcess.HandOverAsync(draft, cancellationToken);
        // Only Linux is sure to have C.UTF-8; the other two differ in the case mapping of letters beyond ASCII at most.
        string[] locale =
            OperatingSystem.IsLinux() ? ["--locale=C.UTF-8"]
            : OperatingSystem.IsMacOS() ? ["--locale=C", "--lc-ctype=UTF-8"]
            : ["--locale=C"];
        string[] arguments = ["-U", User, "-A", "trust", "-E", "UTF8", .. locale, "--no-sync", "--no-instructions"];
        await using var initdb = ServerProcess.Start(PostgresBinaries.PathOf(binaries, "initdb"), draft, arguments);
        if (await initdb.WaitAsync(cancellationToken) != 0)
            throw new InvalidOperationException($"PostgreSQL could not make the data directory '{DataDirectory}':\n{initdb.Log}");
    }

    private async Task WaitUntilReadyAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        while (!folder.IsServerReady())
        {
            if (server.HasExited)
                throw new InvalidOperationException($"PostgreSQL did not start on the data directory '{DataDirectory}':\n{server.Log}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
        }
    }

    private Task<string> StopOnWindowsAsync(CancellationToken cancellationToken) =>
        ServerProcess.RunAsync(PostgresBinaries.PathOf(binaries, "pg_ctl"), ["stop", "-m", "fast", "-D", DataDirectory], cancellationToken);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
