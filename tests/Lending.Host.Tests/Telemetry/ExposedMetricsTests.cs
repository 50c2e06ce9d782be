using System.Globalization;
using System.Net;
using Lending.Testing;

namespace Lending.Host.Tests.Telemetry;

/// <summary>What Prometheus reads of a host in a process of its own: hosts that share one share meters, too, and one that ends takes them from the others.</summary>
public sealed class ExposedMetricsTests : IDisposable
{
    // The scripts of ops write the last three, and the first one needs a PostgreSQL that archives: BackupTests has both, and looks for each of them.
    private static readonly string[] OfBackups =
    [
        "lending_backup_wal_oldest_seconds",
        "lending_backup_ended_timestamp_seconds",
        "lending_restore_drill_ended_timestamp_seconds",
        "lending_restore_drill_passed",
    ];

    private readonly string data = LendingProcess.NewDataDirectory();

    public void Dispose()
    {
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Metrics_tell_routes_and_nothing_of_anybody_and_all_that_the_rules_and_the_dashboard_name()
    {
        var port = FreePort.Find();
        await using var lending = LendingProcess.Start(
            [],
            ("EmbeddedPostgres__DataDirectory", data),
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            ("Metrics__Port", port.ToString(CultureInfo.InvariantCulture))
        );
        using var client = new HttpClient { BaseAddress = new Uri((await lending.WaitForAsync("Lending is ready at")).Split(' ')[^1]) };
        var login = new { username = "demo-installer", password = "Sonnendach-2026!" };
        await client.PostAsync("/auth/login", new { username = "Lynxhound-nobody", login.password }, HttpStatusCode.Unauthorized);
        client.WithToken((await client.PostAsync("/auth/login", login, HttpStatusCode.OK))["accessToken"]!);
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Lynxhound/7.31");
        var email = Unique.Email("greta.thermostat");
        var customer = await client.PostAsync("/customers", World.NewCustomer(email), HttpStatusCode.Created);
        await client.GetAsync($"/customers/{customer.Id}", HttpStatusCode.OK);
        await client.GetAsync($"/customers?search={email}", HttpStatusCode.OK);
        await client.GetAsync(new Uri("/api/v1/Lynxhound-in-no-route?name=Lynxhound", UriKind.Relative));
        var offer = World.NewOffer(customer.Id);
        await client.PostAsync("/loan-offers", offer, HttpStatusCode.Created);
        await client.PostAsync(
            "/loan-offers/quote",
            new
            {
                loanAmount = 18000,
                annualRatePercent = 4.9,
                termMonths = 120,
            },
            HttpStatusCode.OK
        );

        var named = (await OpsTests.QueriesAsync()).SelectMany(PromQl.MetricsIn).Except(await OpsTests.RecordedAsync()).ToHashSet();
        // Prometheus makes it itself, of whether a host answered.
        named.Remove("up").ShouldBeTrue();
        OfBackups.Except(named).ShouldBeEmpty();
        named.ExceptWith(OfBackups);
        var metrics = await ReadAsync(port, named);

        named.Count.ShouldBeGreaterThan(10);
        named.Except(MetricsTests.NamesIn(metrics)).ShouldBeEmpty();
        MetricsTests.NamesIn(metrics).Intersect(OfBackups).ShouldBeEmpty("nothing is archived here");
        // All secrets and personal values of this run are looked for in it when the run ends.
        LogWatch.OfThisRun.See(metrics);
        metrics.ShouldContain("http_route=\"/api/v1/customers/{id:guid}\"");
        (await OpsTests.QueriesAsync())
            .Where(query => query.Contains("http_route=", StringComparison.Ordinal))
            .ShouldAllBe(query => query.Contains("http_route=~\"/api/.*\""), "as routes begin");
        metrics.ShouldContain("db_client_connection_pool_name=\"lending\"");
        // Other tests of this process look into the database by pools of their own, which have no name; the product tunes its own.
        metrics = string.Join(
            '\n',
            metrics
                .Split('\n')
                .Where(line =>
                    !line.Contains("pool_name=\"Host=", StringComparison.Ordinal)
                    || line.Contains("Max Auto Prepare=", StringComparison.Ordinal)
                )
        );
        foreach (var personal in (string[])[email, "Jürgen", "Sonnenallee", "Lynxhound", customer.Id.ToString(), "Username=", "search="])
        {
            metrics.ShouldNotContain(personal, Case.Insensitive);
        }
    }

    // Figures are counted for the first time some seconds after the start, and the heap's size is known after its first collection.
    private static async Task<string> ReadAsync(int port, HashSet<string> named)
    {
        using var client = new HttpClient();
        var metrics = "";
        for (var look = 0; look < 900 && !named.IsSubsetOf(MetricsTests.NamesIn(metrics)); look++)
        {
            await Task.Delay(200);
            metrics = await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"));
        }
        return metrics;
    }
}
