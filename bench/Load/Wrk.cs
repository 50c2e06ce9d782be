using System.Diagnostics;
using System.Globalization;

namespace Lending.Bench.Load;

/// <summary>
/// What a turn of the load generator found; the bytes are those of an average answer, its head included. Only with pauses are those counted that succeeded,
/// and that were told to come again (503).
/// </summary>
internal sealed record Turn(
    double PerSecond,
    double P50Milliseconds,
    double P99Milliseconds,
    long Errors,
    double ProcessorMicroseconds,
    double PostgresMicroseconds,
    double AnswerBytes,
    double SucceededPerSecond = 0,
    long Busy = 0
);

/// <summary>The load generator wrk; Debian has it as a package.</summary>
internal static class Wrk
{
    public static async Task InstallIfMissingAsync(CancellationToken ct)
    {
        try
        {
            using var version = Process.Start(
                new ProcessStartInfo("wrk", ["-v"]) { RedirectStandardOutput = true, UseShellExecute = false }
            )!;
            await version.WaitForExitAsync(ct);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            using var install = Process.Start("sh", ["-c", "apt-get update -qq && apt-get install -y -qq wrk"]);
            await install.WaitForExitAsync(ct);
            if (install.ExitCode != 0)
            {
                throw new InvalidOperationException("wrk is not installed, and apt-get could not install it.", missing);
            }
        }
    }

    public static async Task<Turn> RunAsync(
        Server server,
        string token,
        IReadOnlyList<Request> requests,
        int connections,
        int seconds,
        CancellationToken ct,
        TimeSpan pause = default
    )
    {
        var file = Path.Combine(Bench.Artifacts, "requests.txt");
        await File.WriteAllLinesAsync(file, requests.Select(request => $"{request.Method}\t{request.Path}\t{request.Body}"), ct);
        var (before, postgresBefore) = (server.ProcessorTime, server.PostgresProcessorTime);
        using var wrk = Process.Start(
            new ProcessStartInfo(
                "wrk",
                [
                    $"-t{Math.Min(2, connections).ToString(CultureInfo.InvariantCulture)}",
                    $"-c{connections.ToString(CultureInfo.InvariantCulture)}",
                    $"-d{seconds.ToString(CultureInfo.InvariantCulture)}s",
                    "--timeout=10s",
                    "-s",
                    Path.Combine(AppContext.BaseDirectory, "wrk.lua"),
                    server.Client.BaseAddress!.ToString(),
                    "--",
                    token,
                    file,
                    ((int)Math.Ceiling(pause.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture),
                ]
            )
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var output = await wrk.StandardOutput.ReadToEndAsync(ct);
        await wrk.WaitForExitAsync(ct);
        var line =
            output.Split('\n').FirstOrDefault(line => line.StartsWith("RESULT ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"wrk failed: {output}");
        var numbers = line.Split(' ').Skip(1).Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return new Turn(
            numbers[0] / numbers[1] * 1e6,
            numbers[2] / 1000,
            numbers[3] / 1000,
            (long)(numbers[4] + numbers[5]),
            (server.ProcessorTime - before).TotalMicroseconds / numbers[0],
            (server.PostgresProcessorTime - postgresBefore).TotalMicroseconds / numbers[0],
            numbers[6] / numbers[0],
            numbers[7] / numbers[1] * 1e6,
            (long)numbers[8]
        );
    }
}
