using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lending.Platform.Security;

namespace Lending.Testing;

/// <summary>The host as its own process, as <c>dotnet run</c> starts it; for test projects that refer to it.</summary>
public sealed partial class LendingProcess : IAsyncDisposable
{
    /// <summary>The first administrator's password.</summary>
    public const string AdministratorPassword = "Wattstunde-im-Speicher-7";

    // All migrations of all modules take most of a minute on a machine that runs every other test, too.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly StringBuilder output = new();
    private readonly Process process;

    private LendingProcess(Process process) => this.process = process;

    /// <summary>The number of the process.</summary>
    public int Id => process.Id;

    /// <summary>All that it wrote so far, to both streams.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>The names of the files that it has loaded, on Linux.</summary>
    public IReadOnlySet<string> LoadedFiles =>
        File.ReadLines($"/proc/{Id}/maps").Select(line => Path.GetFileName(line)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Starts the host with these arguments and settings.</summary>
    public static LendingProcess Start(string[] arguments, params (string Name, string Value)[] environment) =>
        StartFrom(AppContext.BaseDirectory, arguments, environment);

    /// <summary>The same for another version, which is in this folder.</summary>
    public static LendingProcess StartFrom(string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        string[] program = ["dotnet", Path.Combine(folder, "Lending.Host.dll"), .. arguments];
        // Whatever a shell starts in the background inherits that Ctrl+C is ignored, and so would this.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", .. program] : program;
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        var lending = new LendingProcess(new Process { StartInfo = start });
        lending.process.OutputDataReceived += (_, line) => lending.Append(line.Data);
        lending.process.ErrorDataReceived += (_, line) => lending.Append(line.Data);
        lending.process.Start();
        lending.process.BeginOutputReadLine();
        lending.process.BeginErrorReadLine();
        return lending;
    }

    /// <summary>All settings that production needs, on the database whose owner connects like this. What is given to <see cref="Start"/> behind them takes their place.</summary>
    public static (string Name, string Value)[] Production(string connectionString) =>
        [
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            ("ConnectionStrings__Lending", TestDatabase.ApiOf(connectionString)),
            ("ConnectionStrings__LendingOwner", connectionString),
            ("Jwt__SigningKeys__first", AccessTokenOptions.NewSigningKey()),
            ("Encryption__Keys__first", TestKeys.First),
            ("Encryption__SearchKey", TestKeys.Search),
            ("PublicUrl", "http://localhost"),
            ("Mail__Host", "mail.example"),
            ("Bootstrap__AdminUserName", "administrator"),
            ("Bootstrap__AdminEmail", "administrator@example.org"),
            ("Bootstrap__AdminPassword", AdministratorPassword),
        ];

    /// <summary>A new place for its data; in memory where there is a memory disk, as many tests write at once.</summary>
    public static string NewDataDirectory() =>
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"lending-{Unique.Text()}");

    /// <summary>Waits until it has written this text, and answers the line that holds it.</summary>
    public async Task<string> WaitForAsync(string text)
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            if (Output.Split('\n').FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } line)
            {
                return line;
            }
            if (process.HasExited || deadline.Elapsed > Longest)
            {
                throw new InvalidOperationException($"It never wrote '{text}':\n{Output}");
            }
            await Task.Delay(50);
        }
    }

    /// <summary>A client of it, as soon as it listens.</summary>
    public async Task<HttpClient> NewClientAsync()
    {
        var line = await WaitForAsync("Now listening on");
        return new HttpClient { BaseAddress = new Uri(Address().Match(line).Value) };
    }

    /// <summary>Waits for its end, and answers its exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Longest);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    /// <summary>As <c>kill -9</c>.</summary>
    public void Kill() => process.Kill();

    /// <summary>As Ctrl+C.</summary>
    public void Interrupt() => Signal(Id, "INT");

    /// <summary>As whoever runs services ends one.</summary>
    public void Terminate() => Signal(Id, "TERM");

    /// <summary>Sends a signal to a process.</summary>
    public static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    [GeneratedRegex("http://[0-9.:]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    private void Append(string? line)
    {
        // Other lines are what a verb answers to whoever runs it, such as the new password of an administrator.
        if (line?.StartsWith('{') == true)
        {
            LogWatch.OfThisRun.See(line);
        }
        lock (output)
        {
            output.Append(line).Append('\n');
        }
    }
}
