using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.RateLimiting;
using Lending.Platform.Http;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Host.Tests.Running;

/// <summary>Two requests at once: who keeps others waiting, and who does not.</summary>
public sealed class ConcurrencyLimitTests : IAsyncLifetime
{
    private const int AtOnce = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

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
        await using var held = await HoldAsync();
        var waiting = Enumerable.Range(1, 10).Select(_ => ReadAsync()).ToList();
        await UntilAsync(() => Waiting == waiting.Count);

        foreach (var path in (string[])["/health/live", "/health/ready"])
        {
            (await host.Anonymous.GetAsync(new Uri(path, UriKind.Relative)).WaitAsync(Patience)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        // It has no place to wait for.
        (await installer.SendAsync("GET", "/nowhere").WaitAsync(Patience)).Status.ShouldBe(HttpStatusCode.NotFound);
        waiting.ShouldAllBe(answer => !answer.IsCompleted);

        await held.EndAsync();
        await Task.WhenAll(waiting).WaitAsync(Patience);
    }

    [Fact]
    public async Task Who_leaves_while_waiting_leaves_the_queue()
    {
        await using var held = await HoldAsync();
        using var leaving = new CancellationTokenSource();
        var waiting = Enumerable.Range(1, 10).Select(_ => installer.GetAsync(CustomerUri, leaving.Token)).ToList();
        await UntilAsync(() => Waiting == waiting.Count);

        await leaving.CancelAsync();

        await UntilAsync(() => Waiting == 0);
        waiting.ShouldAllBe(answer => answer.IsCanceled);
        await held.EndAsync();
        await ReadAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task Where_too_many_wait_the_next_is_told_to_come_again()
    {
        await using var held = await HoldAsync();
        var waiting = Enumerable.Range(1, 100 * AtOnce).Select(_ => ReadAsync()).ToList();
        await UntilAsync(() => Waiting == waiting.Count);

        (await installer.SendAsync("GET", "/customers").WaitAsync(Patience)).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "busy");
        using var answer = await installer.GetAsync(CustomerUri).WaitAsync(Patience);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));

        await held.EndAsync();
        await Task.WhenAll(waiting).WaitAsync(Patience);
    }

    [Fact]
    public async Task Quotes_for_nobody_have_places_of_their_own()
    {
        var world = new World(host);
        using var administrator = await world.CreateAdministratorAsync(await world.CreateOrganizationAsync());
        var product = await administrator.PostAsync("/loan-products", World.NewProduct(isPublic: true), HttpStatusCode.Created);
        var quote = new
        {
            productId = product.Id,
            loanAmount = 18000,
            termMonths = 120,
        };
        await host.Anonymous.PostAsync("/loan-offers/quote", quote, HttpStatusCode.OK);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("LOCK TABLE loans.products, loans.product_versions IN ACCESS EXCLUSIVE MODE", connection))
        {
            await hold.ExecuteNonQueryAsync();
        }
        var flood = Enumerable.Range(0, 20).Select(_ => host.Anonymous.PostAsync("/loan-offers/quote", quote, HttpStatusCode.OK)).ToList();
        var lane = host.App.Services.GetRequiredKeyedService<ConcurrencyLimiter>(RateLimits.Quotes);
        await UntilAsync(() => lane.GetStatistics()!.CurrentQueuedCount == flood.Count - 1);

        await ReadAsync().WaitAsync(Patience);
        await installer
            .PostAsync(
                "/loan-offers/quote",
                new
                {
                    loanAmount = 18000,
                    annualRatePercent = 4.9,
                    termMonths = 120,
                },
                HttpStatusCode.OK
            )
            .WaitAsync(Patience);

        flood.ShouldAllBe(answer => !answer.IsCompleted);
        await transaction.CommitAsync();
        await Task.WhenAll(flood).WaitAsync(Patience);
    }

    [Fact]
    public async Task Who_sends_slowly_keeps_nobody_waiting_and_is_answered()
    {
        var senders = new List<TcpClient>();
        for (var number = 0; number < 3 * AtOnce; number++)
        {
            const string headers = "Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n";
            var sender = await SendAsync("POST /api/v1/customers HTTP/1.1", headers, "");
            // Asked for once the body is waited for.
            (await ReadLineAsync(sender)).ShouldBe("HTTP/1.1 100 Continue");
            (await ReadLineAsync(sender)).ShouldBe("");
            await sender.GetStream().WriteAsync("{"u8.ToArray());
            senders.Add(sender);
        }

        await ReadAsync().WaitAsync(Patience);

        foreach (var sender in senders)
        {
            await sender.GetStream().WriteAsync("}"u8.ToArray());
            (await ReadLineAsync(sender)).ShouldBe("HTTP/1.1 400 Bad Request");
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
        await UntilAsync(() => readers.TrueForAll(reader => reader.Available > 0));
        long begun;
        do
        {
            begun = Begun;
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        } while (Begun > begun);

        await ReadAsync().WaitAsync(Patience);

        readers.ForEach(reader => reader.Dispose());
    }

    private long Waiting => Limiter.GetStatistics()!.CurrentQueuedCount;

    private long Begun => Limiter.GetStatistics()!.TotalSuccessfulLeases;

    private ConcurrencyLimiter Limiter => host.App.Services.GetRequiredService<ConcurrencyLimiter>();

    private Uri CustomerUri => new($"/api/v1/customers/{customerId}", UriKind.Relative);

    private Task<Answer> ReadAsync() => installer.GetAsync($"/customers/{customerId}", HttpStatusCode.OK);

    /// <summary>Requests that take all places, as they wait for a customer whom somebody else holds.</summary>
    private async Task<Held> HoldAsync()
    {
        var held = new Held(await database.OpenConnectionAsync());
        await held.BeginAsync();
        held.Requests.AddRange(Enumerable.Range(1, AtOnce).Select(_ => World.CreateOfferAsync(installer, customerId)));
        await using var count = database.CreateCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        );
        await UntilAsync(() => Equals(count.ExecuteScalar(), (long)AtOnce));
        return held;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            TimeProvider.System.GetElapsedTime(start).ShouldBeLessThan(Patience);
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
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

    // Byte by byte: what follows is somebody else's.
    private static async Task<string> ReadLineAsync(TcpClient client)
    {
        var line = new StringBuilder();
        var next = new byte[1];
        while (!line.ToString().EndsWith("\r\n", StringComparison.Ordinal))
        {
            await client.GetStream().ReadExactlyAsync(next).AsTask().WaitAsync(Patience);
            line.Append((char)next[0]);
        }
        return line.ToString().TrimEnd();
    }

    private sealed class Held(NpgsqlConnection connection) : IAsyncDisposable
    {
        private NpgsqlTransaction transaction = null!;

        public List<Task<Guid>> Requests { get; } = [];

        public async Task BeginAsync()
        {
            transaction = await connection.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand("SELECT FROM customers.customers FOR UPDATE", connection);
            await hold.ExecuteNonQueryAsync();
        }

        public async Task EndAsync()
        {
            await transaction.CommitAsync();
            await Task.WhenAll(Requests).WaitAsync(Patience);
        }

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
