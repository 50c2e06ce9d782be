namespace Lending.Bench.Load;

/// <summary>How long a deployment waits for a new instance, in starts of the limit app: a machine that is slow is slow for both.</summary>
internal static class StartTime
{
    private const int Times = 7;
    private const double MostOfTheLimits = 4;

    public static async Task RunAsync(Bench bench, CancellationToken ct)
    {
        var (hosts, limits) = (new List<double>(), new List<double>());
        for (var time = 0; time < Times; time++)
        {
            await using (var host = await bench.StartHostAsync("host", ct))
            {
                hosts.Add(host.StartTime.TotalSeconds);
            }
            await using var limit = await bench.StartLimitAsync(ct);
            limits.Add(limit.StartTime.TotalSeconds);
        }
        Console.WriteLine($"Seconds until it is ready, the median of {Times}: host {Describe(hosts)}, limit {Describe(limits)}");
        Goal.Print([Goal.AtMost("start of the host until it is ready, times limit's", Median(hosts) / Median(limits), MostOfTheLimits)]);
    }

    private static string Describe(List<double> seconds) =>
        FormattableString.Invariant($"{Median(seconds):F2} ({seconds.Min():F2} to {seconds.Max():F2})");

    private static double Median(List<double> seconds) => seconds.Order().ElementAt(seconds.Count / 2);
}
