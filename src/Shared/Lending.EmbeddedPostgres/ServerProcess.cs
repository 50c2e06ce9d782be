using System.Diagnostics;

namespace Lending.EmbeddedPostgres;

/// <summary>A program of PostgreSQL as a child process: never as root, and never longer than this process lives.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>
    /// Runs its arguments and stops them when its input ends, which it does when the process that holds the other end dies.
    /// The loop is for a signal sent before the program has set its handlers: the shell starts it with SIGINT ignored.
    /// </summary>
    private const string Watch = """
        trap '' INT TERM HUP
        if [ -n "$1" ]; then exec 9<"$1" || exit 1; fi
        socket=$2 temporary=$3
        shift 3
        exec 3<&0
        "$@" </dev/null >&2 3<&- &
        child=$!
        (read -r _ <&3; while kill -INT $child; do sleep 1; done) >/dev/null 2>&1 9<&- &
        watcher=$!
        wait $child
        status=$?
        kill -KILL $watcher
        rm -rf "$socket" "$temporary"
        exit $status
        """;

    private const int LogLinesKept = 20;

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly Queue<string> log = new();

    private ServerProcess(Process process) => this.process = process;

    public static bool IsUnixRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    public bool HasExited => process.HasExited;

    /// <summary>The last lines that the program wrote.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return string.Join(Environment.NewLine, log);
        }
    }

    /// <summary>Starts a program that works on a data folder.</summary>
    /// <param name="program">The program's full path.</param>
    /// <param name="folder">The folder for its <c>-D</c>.</param>
    /// <param name="arguments">Its other arguments.</param>
    /// <param name="socketDirectory">A folder to delete when the program has ended, if any.</param>
    /// <param name="temporaryFolder">Another one.</param>
    public static ServerProcess Start(
        string program,
        string folder,
        IEnumerable<string> arguments,
        string socketDirectory = "",
        string temporaryFolder = ""
    )
    {
        // Root's folders are closed to the user that runs the server: it gets the folder as a descriptor that the shell opened as root.
        var data = IsUnixRoot ? "/proc/self/fd/9" : folder;
        IEnumerable<string> command = [program, "-D", data, .. arguments];
        if (!OperatingSystem.IsWindows())
        {
            string[] watch = ["/bin/sh", "-c", Watch, "sh", IsUnixRoot ? folder : "", socketDirectory, temporaryFolder];
            command = [.. OwnSession(), .. watch, .. AsServerUser(), .. command];
        }
        var start = new ProcessStartInfo(command.First(), command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetPathRoot(folder)!,
        };
        if (OperatingSystem.IsWindows())
            start.CreateNewProcessGroup = true;

        var server = new ServerProcess(new Process { StartInfo = start });
        server.process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        server.process.Start();
        server.process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Gives a folder to the user that the server runs as.</summary>
    public static Task HandOverAsync(string folder, CancellationToken cancellationToken)
    {
        if (!IsUnixRoot)
            return Task.CompletedTask;
        var (user, group) = ServerUser();
        // The dot follows a data folder that is itself a link.
        return RunAsync("chown", ["-R", $"{user}:{group}", folder + "/."], cancellationToken);
    }

    /// <summary>Runs a program to its end and answers what it wrote; a failure is an exception with that.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var running = Process.Start(start)!;
        var output = running.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = running.StandardError.ReadToEndAsync(cancellationToken);
        await running.WaitForExitAsync(cancellationToken);
        return running.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} failed: {await errors}{await output}");
    }

    /// <summary>Waits for the program's own end.</summary>
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    /// <summary>Stops the program and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(StopTimeout);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
        process.Dispose();
    }

    /// <summary>In a session of its own the server does not get the Ctrl+C of our terminal. macOS has no setsid, but Perl.</summary>
    private static string[] OwnSession() =>
        PostgresBinaries.OnPath("setsid").FirstOrDefault() is { } setsid ? [setsid]
        : PostgresBinaries.OnPath("perl").FirstOrDefault() is { } perl ? [perl, "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV"]
        : [];

    private static string[] AsServerUser()
    {
        if (!IsUnixRoot)
            return [];
        var (user, group) = ServerUser();
        return PostgresBinaries.OnPath("setpriv").FirstOrDefault() is { } setpriv
            ? [setpriv, $"--reuid={user}", $"--regid={group}", "--clear-groups", "--"]
            : throw new InvalidOperationException(
                "PostgreSQL refuses to run as root, and there is no setpriv (package util-linux) to start it as another user. "
                    + "Run as a normal user, or set ConnectionStrings__Lending to a PostgreSQL database that runs already."
            );
    }

    private static (string User, string Group) ServerUser()
    {
        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).ToLookup(fields => fields[0], StringComparer.Ordinal);
        var fields = users["postgres"].Concat(users["nobody"]).First();
        return (fields[2], fields[3]);
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (log)
        {
            log.Enqueue(line);
            if (log.Count > LogLinesKept)
                log.Dequeue();
        }
    }
}
