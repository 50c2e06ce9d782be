using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lending.Documents.Scanning;

/// <summary>
/// In Development, where no scanner is configured: clamd as a child process, as PostgreSQL is. It knows the one file that scanners are tried out with
/// (EICAR) and no real virus. It ends with this process, however that ends.
/// </summary>
internal sealed class LocalClamd(
    IOptions<ScanningOptions> options,
    IHostEnvironment environment,
    TimeProvider clock,
    ILogger<LocalClamd> logger
) : IHostedService, IDisposable
{
    // The test file, as its hexadecimal digits, so that no scanner takes this source for it.
    private const string EicarHex =
        "58354f2150254041505b345c505a58353428505e2937434329377d2445494341522d5354414e444152442d414e544956495255532d544553542d46494c452124482b482a";

    private const string Program = "clamd";

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);

    private string? folder;
    private Process? process;

    /// <summary>Where it listens; null where there is none.</summary>
    public EndPoint? Address { get; private set; }

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment() || options.Value.Clamd is not null || OperatingSystem.IsWindows())
        {
            return;
        }
        if (FindProgram() is not { } program)
        {
            logger.LogWarning("There is no clamd on this machine (on Debian, clamav-daemon has it): uploaded files stay in quarantine");
            return;
        }
        // A socket's path has at most about 100 bytes.
        folder = Directory.CreateTempSubdirectory("lending-clamd-").FullName;
        var socket = Path.Combine(folder, "socket");
        File.WriteAllText(Path.Combine(folder, "test.ndb"), $"Test.Eicar-1:0:*:{EicarHex}\n");
        var settings = Path.Combine(folder, "clamd.conf");
        File.WriteAllLines(
            settings,
            [
                $"DatabaseDirectory {folder}",
                $"LocalSocket {socket}",
                "LocalSocketMode 600",
                "StreamMaxLength 32M",
                "Foreground yes",
                "MaxThreads 2",
            ]
        );
        // The shell ends it as soon as nobody holds the other end of its input any more: also where this process is killed.
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", "\"$1\" -c \"$2\" >/dev/null 2>&1 </dev/null & read -r line; kill $!; wait", "sh", program, settings]
        )
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        };
        process = Process.Start(start)!;
        var begin = clock.GetTimestamp();
        while (!File.Exists(socket))
        {
            if (clock.GetElapsedTime(begin) > LongestStart)
            {
                logger.LogWarning("{Program:l} does not start: uploaded files stay in quarantine", program);
                return;
            }
            await Task.Delay(10, cancellationToken);
        }
        Address = new UnixDomainSocketEndPoint(socket);
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (process is not null)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
        }
        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
            folder = null;
        }
    }

    /// <inheritdoc />
    public void Dispose() => process?.Dispose();

    // Debian has it where only administrators look for programs.
    private static string? FindProgram() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(place => Path.Combine(place, Program))
            .FirstOrDefault(File.Exists);
}
