using System.Globalization;

namespace Lending.Bench.Load;

/// <summary>Whether the host holds more and more, the longer it works.</summary>
internal static class Soak
{
    private const int Connections = 32;
    private const double MostOfMemory = 1.05;

    // Idle connections are closed and opened again, and so are files.
    private const int MostMoreHandles = 10;
    private const int MostMoreConnections = 2;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Answers whether there were no errors.</summary>
    public static async Task<bool> RunAsync(Bench bench, double minutes, CancellationToken ct)
    {
        await Wrk.InstallIfMissingAsync(ct);
        await using var host = await bench.StartHostAsync("host", ct);
        var requests = (await Operation.MakeAsync("mix", bench, ct)).Requests;
        var load = Wrk.RunAsync(host, bench.Token, requests, Connections, (int)(minutes * 60), ct);
        var samples = new List<Sample>();
        while (await Task.WhenAny(load, Task.Delay(Interval, ct)) != load)
        {
            samples.Add(await LookAsync(bench, host, ct));
            if (samples.Count % 12 == 0)
            {
                Console.WriteLine($"minute {samples.Count / 12, 3}: {samples[^1]}");
            }
        }
        var turn = await load;
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{turn.PerSecond:N0} requests/s for {minutes} minutes, {turn.Errors} errors\n")
        );
        // What is compared are the second and the last third: until then, caches fill and code is compiled anew.
        var third = samples.Count / 3;
        var (before, after) = (samples[third..(2 * third)], samples[(2 * third)..]);
        Goal.Print([
            Goal.AtMost(
                "soak: memory, last third times second",
                after.Average(sample => sample.Megabytes) / before.Average(sample => sample.Megabytes),
                MostOfMemory
            ),
            Goal.AtMost(
                "soak: handles more than in the second third",
                after.Max(sample => sample.Handles) - before.Max(sample => sample.Handles),
                MostMoreHandles
            ),
            Goal.AtMost(
                "soak: connections more than in the second third",
                after.Max(sample => sample.Connections) - before.Max(sample => sample.Connections),
                MostMoreConnections
            ),
            Goal.AtMost("soak: errors", turn.Errors, 0),
        ]);
        return turn.Errors == 0;
    }

    private static async Task<Sample> LookAsync(Bench bench, Server host, CancellationToken ct) =>
        new(
            host.ResidentMegabytes,
            host.Handles,
            (int)(await bench.ReadAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE usename = 'lending_app'", ct)).Single()
        );

    private sealed record Sample(double Megabytes, int Handles, int Connections)
    {
        public override string ToString() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Megabytes, 6:F0} MB, {Handles, 4} handles, {Connections, 3} connections to PostgreSQL"
            );
    }
}
