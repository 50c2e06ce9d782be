using System.Net;
using System.Net.Sockets;
using System.Text;
using Lending.Testing;
using Npgsql;

namespace Lending.Host.Tests.Running;

/// <summary>Two requests at once: who keeps others waiting, and who does not.</summary>
public sealed class ConcurrencyLimitTests : IAsyncLifetime
{
    private const int AtOnce = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HostFixture host = new() { MaximumPoolSize = 2 * AtOnce };
    private NpgsqlDataSource database = null!;
    private HttpClient installer = null!;
    private Guid customerId;

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        database = NpgsqlDataSource.Create(host.ConnectionString);
        var world = new World(host);
        installer = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        customerId = await World.CreateCustomerAsync(installer);
    }

    public async ValueTask DisposeAsync()
    {
        installer.Dispose();
        // What nobody read any more is answered to its end first.
        await host.App.StopAsync();
        await database.DisposeAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Who_comes_later_waits_until_others_are_done_and_health_is_told_meanwhile()
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("SELECT FROM customers.customers FOR UPDATE", connection);
        await hold.ExecuteNonQueryAsync();
        var working = Enumerable.Range(1, AtOnce).Select(_ => World.CreateOfferAsync(installer, customerId)).ToList();
        await WaitForLockAsync(working.Count);

        var waiting = Enumerable.Range(1, 10).Select(_ => installer.GetAsync($"/customers/{customerId}", HttpStatusCode.OK)).ToList();
        foreach (var path in (string[])["/health/live", "/health/ready"])
        {
            (await host.Anonymous.GetAsync(new Uri(path, UriKind.Relative)).WaitAsync(Patience)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        // Read without waiting, as nothing holds it up but the limit.
        (await database.CreateCommand("SELECT count(*) FROM customers.customers").ExecuteScalarAsync()).ShouldBe(1L);
        waiting.ShouldAllBe(answer => !answer.IsCompleted);

        await transaction.CommitAsync();
        await Task.WhenAll(working).WaitAsync(Patience);
        await Task.WhenAll(waiting).WaitAsync(Patience);
    }

    [Fact]
    public async Task Who_leaves_while_waiting_leaves_the_queue()
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("SELECT FROM customers.customers FOR UPDATE", connection);
        await hold.ExecuteNonQueryAsync();
        var working = Enumerable.Range(1, AtOnce).Select(_ => World.CreateOfferAsync(installer, customerId)).ToList();
        await WaitForLockAsync(working.Count);

        for (var number = 0; number < 10; number++)
        {
            using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
            await Should.ThrowAsync<OperationCanceledException>(() =>
                installer.GetAsync(new Uri("/api/v1/customers", UriKind.Relative), leaving.Token)
            );
        }

        await transaction.CommitAsync();
        await Task.WhenAll(working).WaitAsync(Patience);
        await installer.GetAsync($"/customers/{customerId}", HttpStatusCode.OK).WaitAsync(Patience);
    }

    [Fact]
    public async Task Who_sends_slowly_keeps_nobody_waiting_and_is_answered()
    {
        var senders = new List<TcpClient>();
        for (var number = 0; number < 3 * AtOnce; number++)
        {
            senders.Add(await SendAsync("POST /api/v1/customers HTTP/1.1", "Content-Type: application/json\r\nContent-Length: 2\r\n", "{"));
        }

        await installer.GetAsync($"/customers/{customerId}", HttpStatusCode.OK).WaitAsync(Patience);

        foreach (var sender in senders)
        {
            await sender.GetStream().WriteAsync("}"u8.ToArray());
            using var answer = new StreamReader(sender.GetStream());
            (await answer.ReadLineAsync().WaitAsync(Patience)).ShouldBe("HTTP/1.1 400 Bad Request");
            sender.Dispose();
        }
    }

    [Fact]
    public async Task Who_does_not_read_keeps_nobody_waiting()
    {
        for (var number = 0; number < 50; number++)
        {
            await World.CreateOfferAsync(installer, customerId);
        }
        // So many answers, one behind the other, that no buffer holds them.
        var requests = string.Concat(Enumerable.Repeat($"GET /api/v1/loan-offers HTTP/1.1\r\n{Headers}\r\n", 500));
        var readers = new List<TcpClient>();
        for (var number = 0; number < 3 * AtOnce; number++)
        {
            readers.Add(await SendAsync("GET /api/v1/loan-offers HTTP/1.1", "", requests));
        }
        int arrived;
        do
        {
            arrived = readers.Sum(reader => reader.Available);
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        } while (arrived == 0 || readers.Sum(reader => reader.Available) > arrived);

        await installer.GetAsync($"/customers/{customerId}", HttpStatusCode.OK).WaitAsync(Patience);

        readers.ForEach(reader => reader.Dispose());
    }

    private string Headers => $"Host: lending\r\nAuthorization: {installer.DefaultRequestHeaders.Authorization}\r\n";

    private async Task<TcpClient> SendAsync(string request, string headers, string body)
    {
        var client = new TcpClient { ReceiveBufferSize = 4096 };
        var address = host.Anonymous.BaseAddress!;
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{request}\r\n{Headers}{headers}\r\n{body}"));
        return client;
    }

    private async Task WaitForLockAsync(int requests)
    {
        var end = TimeProvider.System.GetUtcNow() + Patience;
        await using var count = database.CreateCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        );
        while (!Equals(await count.ExecuteScalarAsync(), (long)requests))
        {
            TimeProvider.System.GetUtcNow().ShouldBeLessThan(end);
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
