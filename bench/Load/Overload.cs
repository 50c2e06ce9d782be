using System.Diagnostics;
using System.Globalization;

namespace Lending.Bench.Load;

/// <summary>What becomes of the host when more is sent to it than it can carry.</summary>
internal static class Overload
{
    private const int WarmUpSeconds = 30;
    private const double LeastTimesPeak = 4;

    // Whoever waits for an answer sends nothing meanwhile, so more is tried than has to arrive.
    private const double TriedTimesPeak = 6;
    private const double LeastOfPeak = 0.9;
    private const double LongestHealthMilliseconds = 200;

    private static readonly int[] PeakConnections = [16, 32, 128];
    private static readonly string[] HealthPaths = ["/health/live", "/health/ready"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Answers whether nothing but success and 503 was answered.</summary>
    public static async Task<bool> RunAsync(Bench bench, int connections, int seconds, CancellationToken ct)
    {
        await Wrk.InstallIfMissingAsync(ct);
        await using var host = await bench.StartHostAsync("host", ct);
        var requests = (await Operation.MakeAsync("mix", bench, ct)).Requests;
        await Wrk.RunAsync(host, bench.Token, requests, PeakConnections[^1], WarmUpSeconds, ct);
        var peak = 0.0;
        foreach (var few in PeakConnections)
        {
            var turn = await Wrk.RunAsync(host, bench.Token, requests, few, seconds, ct);
            Print($"{few} connections", turn.PerSecond, turn);
            peak = Math.Max(peak, turn.PerSecond);
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var health = AskForHealthAsync(host, ending.Token);
        var pause = TimeSpan.FromSeconds(connections / (TriedTimesPeak * peak));
        var over = await Wrk.RunAsync(host, bench.Token, requests, connections, seconds, ct, pause);
        await ending.CancelAsync();
        var milliseconds = await health;
        Print($"{connections} connections that pause {pause.TotalMilliseconds:F0} ms", over.SucceededPerSecond, over);
        var sent = over.SucceededPerSecond + over.Busy / (double)seconds;
        var others = over.Errors - over.Busy;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{over.Busy} times 503; health asked {milliseconds.Count} times, p50 {milliseconds[milliseconds.Count / 2]:F1} ms; host's peak memory {host.PeakResidentMegabytes:F0} MB\n"
            )
        );
        Goal.Print([
            Goal.AtLeast("overload: sent, times peak", sent / peak, LeastTimesPeak),
            Goal.AtLeast("overload: succeeded, times peak", over.SucceededPerSecond / peak, LeastOfPeak),
            Goal.AtMost("overload: slowest answer about health, ms", milliseconds[^1], LongestHealthMilliseconds),
            Goal.AtMost("overload: neither success nor 503", others, 0),
        ]);
        return others == 0;
    }

    /// <summary>How long each answer took, the shortest first.</summary>
    private static async Task<List<double>> AskForHealthAsync(Server host, CancellationToken ct)
    {
        var milliseconds = new List<double>();
        while (!ct.IsCancellationRequested)
        {
            foreach (var path in HealthPaths)
            {
                var start = Stopwatch.GetTimestamp();
                using var answer = await host.Client.GetAsync(path, CancellationToken.None);
                answer.EnsureSuccessStatusCode();
                milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            await Task.Delay(Pause, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        milliseconds.Sort();
        return milliseconds;
    }

    private static void Print(string what, double succeededPerSecond, Turn turn) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what, -45}{turn.PerSecond, 9:N0} answers/s, {succeededPerSecond:N0} of success; p50 {turn.P50Milliseconds:F1} ms, p99 {turn.P99Milliseconds:F0} ms; cpu {turn.ProcessorMicroseconds:F0} us"
            )
        );
}
