using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lending.Platform.Security;
using Lending.Testing;

namespace Lending.Faults.Tests;

/// <summary>Two hosts behind the proxy of docker-compose.yml, with its settings but for addresses, are started anew one after the other while people work.</summary>
public sealed partial class RollingRestartTests(MortalPostgres database, ITestOutputHelper output)
    : IClassFixture<MortalPostgres>,
        IAsyncLifetime
{
    private const int Clients = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly string lastName = Unique.Text();
    private readonly string signingKey = AccessTokenOptions.NewSigningKey();
    private readonly int[] ports = [FreePort.Find(), FreePort.Find()];
    private readonly int proxyPort = FreePort.Find();
    private readonly string settings = Path.Combine(Path.GetTempPath(), $"lending-{Unique.Text()}.cfg");
    private readonly RunningHost[] hosts = new RunningHost[2];
    private Neighbour proxy = null!;

    public async ValueTask InitializeAsync()
    {
        LogWatch.OfThisRun.Learn(signingKey);
        for (var number = 0; number < hosts.Length; number++)
        {
            hosts[number] = await StartAsync(number);
        }
        OtherPrograms.Need("haproxy", "haproxy");
        var original = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "haproxy.cfg"));
        await File.WriteAllTextAsync(
            settings,
            Template()
                .Replace(original, $"server first 127.0.0.1:{ports[0]}\n    server second 127.0.0.1:{ports[1]}")
                .Replace("bind :8080", $"bind 127.0.0.1:{proxyPort}", StringComparison.Ordinal)
        );
        proxy = await Neighbour.StartAsync(proxyPort, ["haproxy", "-f", settings]);
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        File.Delete(settings);
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task No_request_fails()
    {
        var failures = new ConcurrentQueue<string>();
        var acknowledged = 0;
        using var end = new CancellationTokenSource();
        var clients = Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(WriteAsync)));
        await UntilAsync(acknowledged + 200);

        foreach (var (number, name) in ((string[])["first", "second"]).Index())
        {
            hosts[number].Process.Terminate();
            await proxy.WaitForAsync($"Server hosts/{name} is DOWN");
            (await hosts[number].Process.WaitForExitAsync()).ShouldBe(0);
            await hosts[number].DisposeAsync();
            await UntilAsync(acknowledged + 200);
            hosts[number] = await StartAsync(number);
            // The other one goes only when this one gets requests again.
            await proxy.WaitForAsync($"Server hosts/{name} is UP");
            await UntilAsync(acknowledged + 200);
        }
        await end.CancelAsync();
        await clients;

        var found = (long)(await database.QueryAsync("SELECT count(*) FROM customers.customers WHERE last_name = $1", lastName))!;
        output.WriteLine(
            $"Load held: {Clients} clients through the proxy. Fault injected: SIGTERM to each of two hosts, in turn. Acknowledged: {acknowledged}, found: "
                + $"{found}, failed: {failures.Count}."
        );
        failures.ShouldBeEmpty();
        found.ShouldBe(acknowledged);

        async Task WriteAsync()
        {
            using var client = new KeepAliveClient(new Uri($"http://127.0.0.1:{proxyPort}"), hosts[0].AccessToken);
            while (!end.IsCancellationRequested)
            {
                try
                {
                    var body = JsonSerializer.Serialize(WriteLoad.NewCustomer(lastName));
                    LogWatch.OfThisRun.LearnFrom(body, "{}");
                    var answer = await client.PostAsync("/api/v1/customers", body);
                    if (answer?.Status == 201)
                    {
                        Interlocked.Increment(ref acknowledged);
                        // Else nothing is left of the processors for the host that starts.
                        await Task.Delay(Pause);
                        continue;
                    }
                    failures.Enqueue(answer?.Body ?? "Nobody listens.");
                }
                catch (Exception exception) when (exception is IOException or SocketException)
                {
                    failures.Enqueue(exception.Message);
                    client.Dispose();
                }
            }
        }

        async Task UntilAsync(int count)
        {
            while (Volatile.Read(ref acknowledged) < count && failures.IsEmpty)
            {
                await Task.Delay(20);
            }
        }
    }

    private Task<RunningHost> StartAsync(int number) =>
        RunningHost.StartAsync(
            database.ConnectionString,
            ("ASPNETCORE_URLS", $"http://127.0.0.1:{ports[number]}"),
            ("Jwt__SigningKeys__first", signingKey),
            ("Proxies__Known__0", "127.0.0.1")
        );

    [GeneratedRegex("server-template .*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Template();
}
