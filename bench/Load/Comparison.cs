using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Lending.Bench.Load;

/// <summary>Checks that both answer alike, then lets them take turns: A B A B.</summary>
internal static class Comparison
{
    private const int Checked = 50;
    private const int MaximumRetries = 3;

    // Before the first operation: until the JIT compiler, which gets little time beside the load, has compiled what is hot once more, and better.
    private const int FirstWarmUpSeconds = 40;
    private const int WarmUpSeconds = 10;

    public static async Task RunAsync(Bench bench, string[] names, int seconds, int rounds, int connections, CancellationToken ct)
    {
        await Wrk.InstallIfMissingAsync(ct);
        await using var host = await bench.StartHostAsync("host", ct);
        await using var limit = await bench.StartLimitAsync(ct);
        Console.WriteLine(
            $"{System.Environment.ProcessorCount} processors, {connections} connections, {rounds} x {seconds} s each in turn"
        );
        Console.WriteLine(
            $"\n{"operation", -15}{"app", -7}{"requests/s", 11}{"p50 ms", 9}{"p99 ms", 9}{"cpu us", 8}{"errors", 8}{"RSS MB", 8}{"ratio", 8}{"goal", 7}"
        );
        foreach (var name in names)
        {
            var operation = await Operation.MakeAsync(name, bench, ct);
            await CheckAsync(host, limit, bench.Token, operation, ct);
            var warmUpSeconds = name == names[0] ? FirstWarmUpSeconds : WarmUpSeconds;
            await MeasureAsync(host, limit, bench.Token, operation, seconds, rounds, warmUpSeconds, connections, ct);
        }
        Console.WriteLine(
            $"\nPeak memory: host {host.PeakResidentMegabytes} MB, limit {limit.PeakResidentMegabytes} MB; start of the host: {Text(host.StartTime.TotalSeconds, 2)} s\n"
        );
        await Indexes.PrintAsync(bench.Database, ct);
    }

    private static async Task MeasureAsync(
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
                var load = await Wrk.RunAsync(
                    server,
                    token,
                    operation.Requests,
                    operation.Connections ?? connections,
                    round == 0 ? warmUpSeconds : seconds,
                    ct
                );
                if (round > 0)
                {
                    loads[server].Add(load);
                }
            }
        }
        var hosts = Average(loads[host]);
        var limits = Average(loads[limit]);
        Print(operation.Name, limit, limits, "");
        var goal = operation.Goal > 0 ? Text(operation.Goal, 2) : "";
        Print("", host, hosts, $"{Text(hosts.PerSecond / limits.PerSecond, 2), 8}{goal, 7}");
    }

    private static Turn Average(List<Turn> loads) =>
        new(
            loads.Average(load => load.PerSecond),
            loads.Average(load => load.P50Milliseconds),
            loads.Average(load => load.P99Milliseconds),
            loads.Sum(load => load.Errors),
            loads.Average(load => load.ProcessorMicroseconds),
            loads.Average(load => load.AnswerBytes)
        );

    private static void Print(string operation, Server server, Turn load, string comparison) =>
        Console.WriteLine(
            $"{operation, -15}{server.Name, -7}{Text(load.PerSecond, 0), 11}{Text(load.P50Milliseconds, 2), 9}{Text(load.P99Milliseconds, 2), 9}"
                + $"{Text(load.ProcessorMicroseconds, 0), 8}{load.Errors, 8}{server.ResidentMegabytes, 8}{comparison}"
        );

    private static string Text(double number, int decimals) =>
        number.ToString(string.Create(CultureInfo.InvariantCulture, $"N{decimals}"), CultureInfo.InvariantCulture);

    private static async Task CheckAsync(Server host, Server limit, string token, Operation operation, CancellationToken ct)
    {
        foreach (var request in operation.Requests.Take(Checked))
        {
            var (ofHost, ofLimit) = (await AskAsync(host, token, request, ct), await AskAsync(limit, token, request, ct));
            for (var time = 0; ofHost.Comparable != ofLimit.Comparable; time++)
            {
                if (time == MaximumRetries)
                {
                    throw new InvalidOperationException(Difference(request, ofHost.Comparable, ofLimit.Comparable));
                }
                // Requests that the load generator left behind may still write.
                await Task.Delay(TimeSpan.FromSeconds(1), ct);
                (ofHost, ofLimit) = (await AskAsync(host, token, request, ct), await AskAsync(limit, token, request, ct));
            }
            if (ofHost.Location is { } location && ofLimit.Location is { } other)
            {
                // What one wrote the other reads, and as the writer said it.
                var (byLimit, byHost) = (
                    await AskAsync(limit, token, new("GET", location), ct),
                    await AskAsync(host, token, new("GET", other), ct)
                );
                if (byLimit.Body != ofHost.Body || byHost.Body != ofLimit.Body)
                {
                    throw new InvalidOperationException($"{location} or {other} reads differently than it was written.");
                }
            }
        }
    }

    private static async Task<Answer> AskAsync(Server server, string token, Request request, CancellationToken ct)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Path);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        message.Content = request.Body.Length == 0 ? null : new StringContent(request.Body, Encoding.UTF8, "application/json");
        using var answer = await server.Client.SendAsync(message, ct);
        var body = await answer.Content.ReadAsStringAsync(ct);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{server.Name} answers {request} with {(int)answer.StatusCode}: {body}");
        }
        var all = $"{(int)answer.StatusCode} {answer.Content.Headers.ContentType} {answer.Headers.ETag} {answer.Headers.Location}\n{body}";
        if (answer.Headers.Location is not { } location)
        {
            return new Answer(body, all, null);
        }
        // Two rows that were made one after the other differ in id, version, time and what is computed of these, and in nothing else.
        using var json = JsonDocument.Parse(body);
        foreach (var member in (string[])["id", "createdAt", "documentHash"])
        {
            all = all.Replace(json.RootElement.GetProperty(member).GetString()!, member, StringComparison.Ordinal);
        }
        return new Answer(body, all.Replace(answer.Headers.ETag!.ToString(), "etag", StringComparison.Ordinal), location.ToString());
    }

    private static string Difference(Request request, string ofHost, string ofLimit)
    {
        const int around = 60;
        var at = Math.Max(0, ofHost.AsSpan().CommonPrefixLength(ofLimit) - around);
        return $"{request} is answered differently:\nhost  …{Cut(ofHost, at)}\nlimit …{Cut(ofLimit, at)}";

        static string Cut(string text, int from) => text.Substring(from, Math.Min(text.Length - from, 3 * around));
    }

    private sealed record Answer(string Body, string Comparable, string? Location);
}
