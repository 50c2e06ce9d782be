using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lending.EmbeddedPostgres;

namespace Lending.Bench.Load;

/// <summary>A published program, run as a process of its own on a port of its own; what it writes goes to a file of its name.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    private readonly Process program;

    private readonly int postmaster;

    private Server(string name, Process process, Uri address, int postmaster)
    {
        Name = name;
        program = process;
        this.postmaster = postmaster;
        Client = new HttpClient { BaseAddress = address };
    }

    public string Name { get; }

    public HttpClient Client { get; }

    /// <summary>From the start of the process until it said that it is ready.</summary>
    public TimeSpan StartTime { get; private set; }

    public double ResidentMegabytes => Processes.ReadMemory(program.Id, "status", "VmRSS");

    public double PeakResidentMegabytes => Processes.ReadMemory(program.Id, "status", "VmHWM");

    /// <summary>Files, sockets and whatever else it has open.</summary>
    public int Handles => Directory.EnumerateFileSystemEntries($"/proc/{program.Id.ToString(CultureInfo.InvariantCulture)}/fd").Count();

    /// <summary>The processor time that it took so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            program.Refresh();
            return program.TotalProcessorTime;
        }
    }

    /// <summary>The processor time that PostgreSQL took so far, for whomever.</summary>
    public TimeSpan PostgresProcessorTime => Processes.ProcessorTimeOfTree(postmaster);

    public static async Task<Server> StartAsync(
        string name,
        string assembly,
        string[] arguments,
        Dictionary<string, string> environment,
        PostgresServer postgres,
        CancellationToken ct
    )
    {
        var address = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        var start = Stopwatch.GetTimestamp();
        var process = Start(name, assembly, arguments, new(environment) { ["ASPNETCORE_URLS"] = address.ToString() });
        var server = new Server(name, process, address, Processes.PostmasterOf(postgres));
        while (!await server.IsReadyAsync(ct))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(start) > LongestStart)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException($"{name} did not start; see {LogOf(name)}.");
            }
            await Task.Delay(5, ct);
        }
        server.StartTime = Stopwatch.GetElapsedTime(start);
        return server;
    }

    /// <summary>Answers what the program printed; whoever watches it is told its id once a second.</summary>
    public static async Task<string> RunToEndAsync(
        string name,
        string assembly,
        string[] arguments,
        Dictionary<string, string> environment,
        CancellationToken ct,
        Action<int>? watch = null
    )
    {
        using var process = Start(name, assembly, arguments, environment);
        try
        {
            var end = process.WaitForExitAsync(ct);
            while (!end.IsCompleted)
            {
                watch?.Invoke(process.Id);
                await Task.WhenAny(end, Task.Delay(WatchInterval, ct));
            }
            await end;
        }
        finally
        {
            process.Kill();
        }
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{name} {string.Join(' ', arguments)} failed; see {LogOf(name)}.");
        }
        return await File.ReadAllTextAsync(LogOf(name), ct);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!program.HasExited)
        {
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync();
        }
        program.Dispose();
    }

    private static string LogOf(string name) => Path.Combine(Bench.Artifacts, $"{name}.log");

    // A shell sends the output to a file, as a deployment's runtime does: nobody has to read it from a pipe. The last run's is kept.
    private static Process Start(string name, string assembly, string[] arguments, Dictionary<string, string> environment)
    {
        var info = new ProcessStartInfo(
            "sh",
            [
                "-c",
                "log=$1; shift; exec dotnet \"$@\" > \"$log\" 2>&1",
                "sh",
                LogOf(name),
                Path.Combine(Bench.Artifacts, assembly),
                .. arguments,
            ]
        );
        foreach (var (key, value) in environment)
        {
            info.Environment[key] = value;
        }
        return Process.Start(info)!;
    }

    private async Task<bool> IsReadyAsync(CancellationToken ct)
    {
        try
        {
            using var answer = await Client.GetAsync("/health/ready", ct);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
