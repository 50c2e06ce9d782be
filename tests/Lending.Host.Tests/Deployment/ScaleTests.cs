using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lending.Host.Tests.Architecture;
using Lending.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Host.Tests.Deployment;

/// <summary>The profile <c>scale</c> of docker-compose.yml: its PgBouncer and its proxy, as Debian has them, with its settings but for addresses.</summary>
public sealed partial class ScaleTests(HostFixture shared) : IDisposable
{
    private readonly string folder = NewFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Organisations_stay_apart_where_their_requests_share_two_connections_through_PgBouncer()
    {
        const int connections = 2;
        const string password = "a\"quoted'password";
        var port = FreePort.Find();
        var server = new NpgsqlConnectionStringBuilder(shared.ConnectionString);
        OtherPrograms.Need("pgbouncer", "pgbouncer");
        Place("pgbouncer-start", script => script);
        Place(
            "pgbouncer.ini",
            settings =>
                settings
                    .Replace("lending = host=database port=5432", $"* = host={server.Host} port={server.Port}", StringComparison.Ordinal)
                    .Replace("listen_addr = *", "listen_addr = 127.0.0.1", StringComparison.Ordinal)
                    .Replace("listen_port = 6432", $"listen_port = {port}", StringComparison.Ordinal)
                    .Replace("default_pool_size = 40", $"default_pool_size = {connections}", StringComparison.Ordinal)
        );
        await using var pool = await Neighbour.StartAsync(
            port,
            [.. AsPostgres(), "sh", Path.Combine(folder, "pgbouncer-start")],
            ("API_PASSWORD", password),
            ("TMPDIR", folder)
        );
        await using var host = new HostFixture
        {
            // As .env.example has it for this profile.
            Way = direct =>
                new NpgsqlConnectionStringBuilder($"{direct};{PoolSettings}")
                {
                    Host = "127.0.0.1",
                    Port = port,
                    Password = password,
                }.ConnectionString,
        };
        await host.InitializeAsync();
        var world = new World(host);
        var staff = new List<(HttpClient Installer, Guid Organization)>();
        for (var number = 0; number < 4; number++)
        {
            var organization = await world.CreateOrganizationAsync();
            staff.Add((await world.CreateInstallerAsync(organization), organization));
        }

        var created = new ConcurrentBag<(Guid Customer, int Owner)>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 80),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken },
            async (number, _) =>
            {
                var installer = staff[number % staff.Count].Installer;
                var customer = await World.CreateCustomerAsync(installer);
                created.Add((customer, number % staff.Count));
                await World.CreateOfferAsync(installer, customer);
                await installer.GetAsync($"/customers/{customer}", HttpStatusCode.OK);
                await staff[(number + 1) % staff.Count].Installer.GetAsync($"/customers/{customer}", HttpStatusCode.NotFound);
            }
        );

        for (var owner = 0; owner < staff.Count; owner++)
        {
            var seen = await staff[owner].Installer.GetAsync("/customers?limit=200", HttpStatusCode.OK);
            seen.Json.GetProperty("items")
                .EnumerateArray()
                .Select(customer => customer.GetProperty("id").GetGuid())
                .ShouldBe(created.Where(made => made.Owner == owner).Select(made => made.Customer), ignoreOrder: true);
        }
        // The limits of requests are the user's, so they hold on PgBouncer's connections, too.
        await using var limit = host.App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("SHOW lock_timeout");
        (await limit.ExecuteScalarAsync()).ShouldBe("2min");
        await using var database = NpgsqlDataSource.Create(host.ConnectionString);
        await using var count = database.CreateCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'lending_app'"
        );
        ((long)(await count.ExecuteScalarAsync())!).ShouldBeInRange(1, connections);
    }

    [Fact]
    public async Task The_proxy_asks_only_hosts_that_are_ready_and_believes_nobody_about_addresses()
    {
        var port = FreePort.Find();
        var seen = new ConcurrentBag<string>();
        await using var ready = await BackendAsync(isReady: true, seen);
        await using var starting = await BackendAsync(isReady: false, seen);
        Place(
            "haproxy.cfg",
            settings =>
                Template()
                    .Replace(settings, $"server first {Address(ready)}\n    server second {Address(starting)}")
                    .Replace("bind :8080", $"bind 127.0.0.1:{port}", StringComparison.Ordinal)
        );
        OtherPrograms.Need("haproxy", "haproxy");
        await using var proxy = await Neighbour.StartAsync(port, ["haproxy", "-f", Path.Combine(folder, "haproxy.cfg")]);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        // Servers count as up until they are asked for the first time.
        await proxy.WaitForAsync("Server hosts/second is DOWN");
        seen.Clear();

        for (var number = 0; number < 20; number++)
        {
            using var answer = await client.GetAsync(new Uri("/api/v1/customers", UriKind.Relative), TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        seen.Count.ShouldBe(20);
        seen.ShouldAllBe(line => line == "ready, for 127.0.0.1, over http");

        await ready.StopAsync(TestContext.Current.CancellationToken);
        await proxy.WaitForAsync("backend 'hosts' has no server available");
        using var refused = await client.GetAsync(new Uri("/api/v1/customers", UriKind.Relative), TestContext.Current.CancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        problem.GetProperty("code").GetString().ShouldBe("no-host-ready");
        problem.GetProperty("status").GetInt32().ShouldBe(503);

        static string Address(WebApplication backend) => new Uri(backend.Urls.First()).Authority;
    }

    private static string PoolSettings
    {
        get
        {
            var line = File.ReadLines(Repository.PathOf(".env.example"))
                .Single(line => line.StartsWith("#API_DATABASE=", StringComparison.Ordinal));
            return line.Split('"')[1];
        }
    }

    private static async Task<WebApplication> BackendAsync(bool isReady, ConcurrentBag<string> seen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var backend = builder.Build();
        backend.MapGet(
            "/health/ready",
            () => Results.StatusCode(isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable)
        );
        backend.MapGet(
            "/api/v1/customers",
            (HttpRequest request) =>
                seen.Add(
                    $"{(isReady ? "ready" : "starting")}, for {request.Headers["X-Forwarded-For"]}, over {request.Headers["X-Forwarded-Proto"]}"
                )
        );
        await backend.StartAsync(TestContext.Current.CancellationToken);
        return backend;
    }

    private static string NewFolder()
    {
        var made = Directory.CreateTempSubdirectory("lending-scale-").FullName;
        // PgBouncer is another user than root, and writes here, too.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(made, (UnixFileMode)0b111_111_111);
        }
        return made;
    }

    private void Place(string file, Func<string, string> change)
    {
        var original = File.ReadAllText(Repository.PathOf($"deploy/compose/{file}"));
        File.WriteAllText(Path.Combine(folder, file), change(original));
    }

    // PgBouncer refuses to run as root, and PostgreSQL's socket is its user's alone.
    private static string[] AsPostgres() =>
        Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"] : [];

    [GeneratedRegex("server-template .*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Template();
}
