using System.Globalization;

namespace Lending.Bench.Load;

/// <summary>Checks that both answer alike, lets them take turns (A B A B), and judges the goals that this measured.</summary>
internal static class Comparison
{
    private const int MaximumRetries = 3;

    // Before the first operation: until the JIT compiler, which gets little time beside the load, has compiled what is hot once more, and better.
    private const int FirstWarmUpSeconds = 40;
    private const int WarmUpSeconds = 10;

    private const double MostOfTheLimitsP99 = 1.3;
    private const double MostMegabytes = 300;
    private const double MostOfTheFirstPagesP50 = 1.1;

    /// <summary>Answers whether there were no errors. With settings, a second host that has them takes the limit app's place, and there are no goals.</summary>
    public static async Task<bool> RunAsync(
        Bench bench,
        string[] names,
        int seconds,
        int rounds,
        int connections,
        string[] settingsOfOther,
        CancellationToken ct
    )
    {
        await Wrk.InstallIfMissingAsync(ct);
        await using var host = await bench.StartHostAsync("host", ct);
        await using var limit = settingsOfOther is []
            ? await bench.StartLimitAsync(ct)
            : await bench.StartHostAsync("other", ct, settingsOfOther);
        Console.WriteLine(
            $"{System.Environment.ProcessorCount} processors, {connections} connections, {rounds} x {seconds} s each in turn"
        );
        Console.WriteLine(
            $"\n{"operation", -15}{"app", -7}{"requests/s", 11}{"least to most", 18}{"p50 ms", 9}{"p99 ms", 9}{"cpu us", 8}{"pg us", 7}{"errors", 8}{"RSS MB", 8}{"ratio", 8}"
        );
        var found = new Dictionary<string, (Turn Host, Turn Limit)>(StringComparer.Ordinal);
        var goals = new List<Goal>();
        foreach (var name in names)
        {
            var operation = await Operation.MakeAsync(name, bench, ct);
            await CheckAsync(host, limit, bench.Token, operation, ct);
            var warmUpSeconds = name == names[0] ? FirstWarmUpSeconds : WarmUpSeconds;
            found[name] = await MeasureAsync(host, limit, bench.Token, operation, seconds, rounds, warmUpSeconds, connections, ct);
            goals.AddRange(GoalsOf(operation, host, found[name].Host, found[name].Limit));
        }
        if (found.TryGetValue("list", out var first) && found.TryGetValue("list-deep", out var deep))
        {
            goals.Add(
                Goal.AtMost("list-deep: p50, times list's", deep.Host.P50Milliseconds / first.Host.P50Milliseconds, MostOfTheFirstPagesP50)
            );
        }
        Console.WriteLine(
            $"\nPeak memory: host {Text(host.PeakResidentMegabytes, 0)} MB, limit {Text(limit.PeakResidentMegabytes, 0)} MB\n"
        );
        if (settingsOfOther is [])
        {
            await Indexes.PrintAsync(bench.Database, ct);
            Console.WriteLine("\nThe goals are meant for 200,000 customers, 1,000,000 offers and 32 connections:");
            Goal.Print(goals);
        }
        var errors = found.Values.Sum(turns => turns.Host.Errors + turns.Limit.Errors);
        Console.WriteLine($"\n{errors} errors, those of the other app and of the warm-ups included");
        return errors == 0;
    }

    private static IEnumerable<Goal> GoalsOf(Operation operation, Server server, Turn host, Turn limit)
    {
        if (operation.Goal > 0)
        {
            yield return Goal.AtLeast($"{operation.Name}: requests/s, times limit's", host.PerSecond / limit.PerSecond, operation.Goal);
        }
        if (operation.Name == "mix")
        {
            yield return Goal.AtMost("mix: errors", host.Errors, 0);
            yield return Goal.AtMost("mix: p99, times limit's", host.P99Milliseconds / limit.P99Milliseconds, MostOfTheLimitsP99);
            yield return Goal.AtMost("mix: host's peak memory since its start, MB", server.PeakResidentMegabytes, MostMegabytes);
        }
    }

    private static async Task<(Turn Host, Turn Limit)> MeasureAsync(
        Server host,
        Server limit,
        string token,
        Operation operation,
        int seconds,
        int rounds,
        int warmUpSeconds,
        int connections,
        CancellationToken ct
    )
    {
        var loads = new Dictionary<Server, List<Turn>> { [host] = [], [limit] = [] };
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var server in (Server[])[host, limit])
            {
                loads[server]
                    .Add(
                        await Wrk.RunAsync(
                            server,
                            token,
                            operation.Requests,
                            operation.Connections ?? connections,
                            round == 0 ? warmUpSeconds : seconds,
                            ct
                        )
                    );
            }
        }
        var hosts = Average(loads[host]);
        var limits = Average(loads[limit]);
        Print(operation.Name, limit, limits, Spread(loads[limit]), "");
        Print("", host, hosts, Spread(loads[host]), Text(hosts.PerSecond / limits.PerSecond, 2));
        return (hosts, limits);
    }

    // The first turn is the warm-up, of which only the errors count.
    private static Turn Average(List<Turn> loads)
    {
        var measured = loads[1..];
        return new(
            measured.Average(load => load.PerSecond),
            measured.Average(load => load.P50Milliseconds),
            measured.Average(load => load.P99Milliseconds),
            loads.Sum(load => load.Errors),
            measured.Average(load => load.ProcessorMicroseconds),
            measured.Average(load => load.PostgresMicroseconds),
            measured.Average(load => load.AnswerBytes)
        );
    }

    private static string Spread(List<Turn> loads) =>
        $"{Text(loads[1..].Min(load => load.PerSecond), 0)} to {Text(loads[1..].Max(load => load.PerSecond), 0)}";

    private static void Print(string operation, Server server, Turn load, string spread, string ratio) =>
        Console.WriteLine(
            $"{operation, -15}{server.Name, -7}{Text(load.PerSecond, 0), 11}{spread, 18}{Text(load.P50Milliseconds, 2), 9}{Text(load.P99Milliseconds, 2), 9}"
                + $"{Text(load.ProcessorMicroseconds, 0), 8}{Text(load.PostgresMicroseconds, 0), 7}{load.Errors, 8}{Text(server.ResidentMegabytes, 0), 8}{ratio, 8}"
        );

    private static string Text(double number, int decimals) =>
        number.ToString(string.Create(CultureInfo.InvariantCulture, $"N{decimals}"), CultureInfo.InvariantCulture);

    private static async Task CheckAsync(Server host, Server limit, string token, Operation operation, CancellationToken ct)
    {
        foreach (var request in operation.Requests.Take(Answer.Checked))
        {
            var (ofHost, ofLimit) = (await Answer.OfAsync(host, token, request, ct), await Answer.OfAsync(limit, token, request, ct));
            for (var time = 0; ofHost.Comparable != ofLimit.Comparable; time++)
            {
                if (time == MaximumRetries)
                {
                    throw new InvalidOperationException(Difference(request, ofHost.Comparable, ofLimit.Comparable));
                }
                // Requests that the load generator left behind may still write.
                await Task.Delay(TimeSpan.FromSeconds(1), ct);
                (ofHost, ofLimit) = (await Answer.OfAsync(host, token, request, ct), await Answer.OfAsync(limit, token, request, ct));
            }
            if (ofHost.Location is { } location && ofLimit.Location is { } other)
            {
                // What one wrote the other reads, and as the writer said it.
                var (byLimit, byHost) = (
                    await Answer.OfAsync(limit, token, Request.Row(location), ct),
                    await Answer.OfAsync(host, token, Request.Row(other), ct)
                );
                if (byLimit.Body != ofHost.Body || byHost.Body != ofLimit.Body)
                {
                    throw new InvalidOperationException($"{location} or {other} reads differently than it was written.");
                }
            }
        }
    }

    private static string Difference(Request request, string ofHost, string ofLimit)
    {
        const int around = 60;
        var at = Math.Max(0, ofHost.AsSpan().CommonPrefixLength(ofLimit) - around);
        return $"{request} is answered differently:\nhost  …{Cut(ofHost, at)}\nlimit …{Cut(ofLimit, at)}";

        static string Cut(string text, int from) => text.Substring(from, Math.Min(text.Length - from, 3 * around));
    }
}
