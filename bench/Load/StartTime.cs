using System.Globalization;

namespace Lending.Bench.Load;

/// <summary>How long a deployment waits for a new instance.</summary>
internal static class StartTime
{
    private const int Times = 5;

    public static async Task RunAsync(Bench bench, CancellationToken ct)
    {
        var seconds = new List<double>();
        for (var time = 0; time < Times; time++)
        {
            await using var host = await bench.StartHostAsync("host", ct);
            seconds.Add(host.StartTime.TotalSeconds);
        }
        seconds.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Ready after {seconds[Times / 2]:F2} s (the median of {Times}; {seconds[0]:F2} to {seconds[^1]:F2}); the goal is 1.5 s"
            )
        );
    }
}
