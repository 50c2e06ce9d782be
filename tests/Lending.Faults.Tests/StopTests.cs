using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Lending.Testing;
using Npgsql;

namespace Lending.Faults.Tests;

/// <summary>The host is told to stop while people work.</summary>
public sealed class StopTests(MortalPostgres database, ITestOutputHelper output) : IClassFixture<MortalPostgres>, IAsyncLifetime
{
    private const int Clients = 16;

    private readonly string lastName = Unique.Text();
    private volatile bool isOut;
    private RunningHost host = null!;

    public async ValueTask InitializeAsync()
    {
        await database.QueryAsync("ALTER ROLE lending_app IN DATABASE lending SET lock_timeout = '1min'");
        // On a busy machine the proxy, too, takes its time to hear of it.
        host = await RunningHost.StartAsync(database.ConnectionString, ("Stopping__AnnounceSeconds", "12"));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await database.QueryAsync("ALTER ROLE lending_app IN DATABASE lending SET lock_timeout = '3s'");
    }

    /// <summary>Connections are kept until an answer asks to close them. As behind a proxy, none is opened to a host that said it is not ready.</summary>
    [Fact]
    public async Task Every_request_that_came_is_answered()
    {
        var (acknowledged, told, dropped) = (0, 0, new ConcurrentQueue<string>());
        var clients = Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(WriteAsync)));
        // Connections are in use by then, and kept.
        while (Volatile.Read(ref acknowledged) < 100 && dropped.IsEmpty)
        {
            await Task.Delay(20);
        }

        host.Process.Terminate();
        var seen = await SeenByProxyAsync();
        await clients;
        var exitCode = await host.Process.WaitForExitAsync();

        var found = await CountAsync();
        output.WriteLine(
            $"Load held: {Clients} clients. Fault injected: SIGTERM. Acknowledged: {acknowledged}, found: {found}, dropped: {dropped.Count}; {told} answers "
                + "asked to close the connection."
        );
        dropped.ShouldBeEmpty();
        found.ShouldBe(acknowledged);
        told.ShouldBeGreaterThanOrEqualTo(Clients);
        seen.ShouldContain(HttpStatusCode.ServiceUnavailable, "it says that it is not ready before it refuses connections");
        exitCode.ShouldBe(0);

        async Task WriteAsync()
        {
            using var client = new KeepAliveClient(host.Administrator.BaseAddress!, host.AccessToken);
            while (true)
            {
                try
                {
                    if (await client.PostAsync("/api/v1/customers", NewCustomer()) is not { } answer)
                    {
                        return;
                    }
                    if (answer.Status == 201)
                    {
                        Interlocked.Increment(ref acknowledged);
                        await Task.Delay(10);
                    }
                    else
                    {
                        dropped.Enqueue(answer.Body);
                    }
                    if (client.WasToldToClose)
                    {
                        Interlocked.Increment(ref told);
                        if (isOut)
                        {
                            return;
                        }
                    }
                }
                catch (Exception exception) when (exception is IOException or SocketException)
                {
                    dropped.Enqueue(exception.Message);
                    return;
                }
            }
        }
    }

    [Fact]
    public async Task A_request_that_has_to_wait_is_answered_before_the_host_ends()
    {
        await using var other = await database.ConnectAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("LOCK TABLE customers.customers IN EXCLUSIVE MODE", other))
        {
            await hold.ExecuteNonQueryAsync();
        }
        using var client = new KeepAliveClient(host.Administrator.BaseAddress!, host.AccessToken);
        using var idle = new KeepAliveClient(host.Administrator.BaseAddress!, host.AccessToken);
        (await idle.PostAsync("/api/v1/auth/logout", "{}")).ShouldNotBeNull();
        var waiting = client.PostAsync("/api/v1/customers", NewCustomer());
        await database.UntilOneWaitsAsync();

        host.Process.Terminate();
        // As soon as it stops in earnest, which is after it has announced it.
        await idle.UntilClosedAsync();
        waiting.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync();

        (await waiting)!.Value.Status.ShouldBe(201);
        client.WasToldToClose.ShouldBeTrue();
        (await host.Process.WaitForExitAsync()).ShouldBe(0);
        (await CountAsync()).ShouldBe(1);
    }

    private string NewCustomer()
    {
        var body = JsonSerializer.Serialize(WriteLoad.NewCustomer(lastName));
        LogWatch.OfThisRun.LearnFrom(body, "{}");
        return body;
    }

    private async Task<long> CountAsync() =>
        (long)(await database.QueryAsync("SELECT count(*) FROM customers.customers WHERE last_name = $1", lastName))!;

    /// <summary>What a proxy is answered that asks whether it is ready, until nobody answers.</summary>
    private async Task<List<HttpStatusCode>> SeenByProxyAsync()
    {
        var seen = new List<HttpStatusCode>();
        using var proxy = new HttpClient { BaseAddress = host.Administrator.BaseAddress };
        while (true)
        {
            try
            {
                using var ready = await proxy.GetAsync(new Uri("/health/ready", UriKind.Relative));
                seen.Add(ready.StatusCode);
                isOut |= ready.StatusCode == HttpStatusCode.ServiceUnavailable;
            }
            catch (HttpRequestException)
            {
                return seen;
            }
            await Task.Delay(50);
        }
    }
}
