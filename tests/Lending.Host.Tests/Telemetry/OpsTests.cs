using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lending.Host.Tests.Architecture;
using Lending.Testing;

namespace Lending.Host.Tests.Telemetry;

/// <summary>The files of <c>ops</c>, by the programs that read them, and beside the promises that they are for.</summary>
public sealed partial class OpsTests
{
    private const string Rules = "ops/prometheus/rules.yml";

    /// <summary>The queries of the rules, and of the dashboard.</summary>
    internal static async Task<IReadOnlyList<string>> QueriesAsync()
    {
        var dashboard = JsonElement.Parse(await File.ReadAllTextAsync(Repository.PathOf("ops/grafana/lending.json")));
        return
        [
            .. Queries().Matches(await RulesAsync()).Select(query => query.Value),
            .. from panel in dashboard.GetProperty("panels").EnumerateArray()
            from target in panel.GetProperty("targets").EnumerateArray()
            select target.GetProperty("expr").GetString()!,
        ];
    }

    /// <summary>What the rules record under names of their own.</summary>
    internal static async Task<IReadOnlyList<string>> RecordedAsync() =>
        [.. Records().Matches(await RulesAsync()).Select(record => record.Value)];

    [Theory]
    [InlineData("check", "config", "ops/prometheus/prometheus.yml")]
    [InlineData("check", "rules", Rules)]
    [InlineData("test", "rules", "ops/prometheus/rules.test.yml")]
    public async Task Promtool_finds_nothing_wrong(params string[] arguments)
    {
        using var promtool = Start(arguments);
        var errors = promtool.StandardError.ReadToEndAsync();
        var output = await promtool.StandardOutput.ReadToEndAsync();
        await promtool.WaitForExitAsync();

        promtool.ExitCode.ShouldBe(0, output + await errors);
        output.ShouldContain("SUCCESS");
    }

    [Fact]
    public async Task Each_promise_has_an_alert_and_each_alert_a_promise_a_test_and_advice()
    {
        var rules = await RulesAsync();
        var alerts = Alerts().Matches(rules).Select(alert => alert.Value).ToList();
        var promises = await File.ReadAllTextAsync(Repository.PathOf("docs/slo.md"));
        var tests = await File.ReadAllTextAsync(Repository.PathOf("ops/prometheus/rules.test.yml"));

        alerts.Count.ShouldBeGreaterThan(3);
        Promises().Matches(promises).Select(promise => promise.Value).ShouldBe(alerts);
        alerts.ShouldAllBe(alert => promises.Contains($"- **{alert}**"));
        alerts.ShouldAllBe(alert => Firing().Matches(tests).Any(firing => firing.Value == alert));
    }

    [Theory]
    [InlineData("sum(rate(a_total{b=\"c\",d=~\"e|f\"}[5m])) by (g) / on (h) x_count or vector(0)", "a_total x_count")]
    [InlineData("lending:a:ratio1h > 14.4 * 0.001 and absent(b_seconds)", "lending:a:ratio1h b_seconds")]
    [InlineData("histogram_quantile(0.99, sum by (le, http_route) (rate(c_bucket[$__rate_interval])))", "c_bucket")]
    [InlineData("1 - 1e3", "")]
    public void The_names_of_metrics_are_found(string query, string names) => string.Join(' ', PromQl.MetricsIn(query)).ShouldBe(names);

    private static Task<string> RulesAsync() => File.ReadAllTextAsync(Repository.PathOf(Rules));

    private static Process Start(string[] arguments)
    {
        OtherPrograms.Need("promtool", "prometheus");
        var start = new ProcessStartInfo("promtool", arguments)
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    [GeneratedRegex("(?<=^ +expr: ).+$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Queries();

    [GeneratedRegex("(?<=^ +- record: ).+$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Records();

    [GeneratedRegex("(?<=^ +- alert: ).+$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Alerts();

    // An alert that a test expects to be told.
    [GeneratedRegex(
        @"(?<=alertname: )\w+(?=\s+eval_time: \w+\s+exp_alerts:\s+- exp_labels)",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Firing();

    // The last column of a promise.
    [GeneratedRegex(@"(?<=\| `)Lending\w+(?=` \|$)", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Promises();
}
