namespace Lending.Bench.Load;

/// <summary>How long a deployment waits for a new instance.</summary>
internal static class StartTime
{
    private const int Times = 5;
    private const double MostSeconds = 1.5;

    public static Goal GoalOf(double seconds) => Goal.AtMost("start of the host until it is ready, s", seconds, MostSeconds);

    public static async Task RunAsync(Bench bench, CancellationToken ct)
    {
        var seconds = new List<double>();
        for (var time = 0; time < Times; time++)
        {
            await using var host = await bench.StartHostAsync("host", ct);
            seconds.Add(host.StartTime.TotalSeconds);
        }
        seconds.Sort();
        Console.WriteLine(FormattableString.Invariant($"The median of {Times}, which took {seconds[0]:F2} to {seconds[^1]:F2} s:"));
        Goal.Print([GoalOf(seconds[Times / 2])]);
    }
}
