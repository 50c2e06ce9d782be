using System.Net;
using System.Net.Sockets;
using System.Text;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Host.Tests.Running;

/// <summary>Eight requests at once, of one organisation four reads and two changes: who keeps others waiting, and who does not.</summary>
public sealed class ConcurrencyLimitTests : IAsyncLifetime
{
    private const int AtOnce = 8;
    private const int Reads = AtOnce / 2;
    private const int Changes = AtOnce / 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TestClock clock = new();
    private readonly HostFixture host;
    private NpgsqlDataSource database = null!;
    private HttpClient installer = null!;
    private HttpClient colleague = null!;
    private Guid organizationId;
    private Guid customerId;
    private HttpClient neighbour = null!;
    private Guid neighboursCustomerId;

    public ConcurrencyLimitTests()
    {
        host = new HostFixture { MaximumPoolSize = 2 * AtOnce, AddServices = services => services.AddSingleton<TimeProvider>(clock) };
    }

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        database = NpgsqlDataSource.Create(host.ConnectionString);
        var world = new World(host);
        organizationId = await world.CreateOrganizationAsync();
        installer = await world.CreateInstallerAsync(organizationId);
        colleague = await world.CreateInstallerAsync(organizationId);
        customerId = await World.CreateCustomerAsync(installer);
        neighbour = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        neighboursCustomerId = await World.CreateCustomerAsync(neighbour);
    }

    public async ValueTask DisposeAsync()
    {
        installer.Dispose();
        colleague.Dispose();
        neighbour.Dispose();
        // What nobody read any more is answered to its end first.
        await host.App.StopAsync();
        await database.DisposeAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Fifty_that_wait_for_one_row_hold_up_no_reader_and_nobody_elsewhere()
    {
        await using var held = await HoldAsync();
        held.Requests.AddRange(Enumerable.Range(1, 50 - Changes).Select(_ => CreateAsync()));
        await Wait.UntilAsync(() => Waiting == 50 - Changes);

        for (var round = 0; round < 20; round++)
        {
            await ReadAsync().WaitAsync(Patience);
            await neighbour.GetAsync($"/customers/{neighboursCustomerId}", HttpStatusCode.OK).WaitAsync(Patience);
            await World.CreateOfferAsync(neighbour, neighboursCustomerId).WaitAsync(Patience);
            await host.LogInAsync(HostFixture.AdministratorUsername, HostFixture.AdministratorPassword).WaitAsync(Patience);
        }
        foreach (var path in (string[])["/health/live", "/health/ready"])
        {
            (await host.Anonymous.GetAsync(new Uri(path, UriKind.Relative)).WaitAsync(Patience)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        // It has no place to wait for.
        (await installer.SendAsync("POST", "/nowhere").WaitAsync(Patience)).Status.ShouldBe(HttpStatusCode.NotFound);
        held.Requests.ShouldAllBe(answer => !answer.IsCompleted);
        Locked.ShouldBe(Changes);

        await held.EndAsync();
        (await Task.WhenAll(held.Requests)).Distinct().Count().ShouldBe(50);
    }

    [Fact]
    public async Task An_organisation_that_floods_waits_for_itself()
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        // Only one organisation reads products here.
        await using (var hold = new NpgsqlCommand("LOCK TABLE loans.products IN ACCESS EXCLUSIVE MODE", connection))
        {
            await hold.ExecuteNonQueryAsync();
        }
        const int requests = 300;
        var flood = Enumerable.Range(0, requests).Select(_ => installer.GetAsync("/loan-products", HttpStatusCode.OK)).ToList();
        await Wait.UntilAsync(() => Locked == Reads && WaitingReads == requests - Reads);

        for (var round = 0; round < 20; round++)
        {
            await neighbour.GetAsync($"/customers/{neighboursCustomerId}", HttpStatusCode.OK).WaitAsync(Patience);
            await World.CreateOfferAsync(neighbour, neighboursCustomerId).WaitAsync(Patience);
        }
        var mine = ReadAsync();
        await Wait.UntilAsync(() => WaitingReads == requests - Reads + 1);
        flood.ShouldAllBe(answer => !answer.IsCompleted);
        Locked.ShouldBe(Reads);

        await transaction.CommitAsync();
        await Task.WhenAll([mine, .. flood]).WaitAsync(Patience);
    }

    [Fact]
    public async Task Who_leaves_while_waiting_leaves_the_queue()
    {
        await using var held = await HoldAsync();
        using var leaving = new CancellationTokenSource();
        var waiting = Enumerable.Range(1, 10).Select(_ => installer.DeleteAsync(CustomerUri, leaving.Token)).ToList();
        await Wait.UntilAsync(() => Waiting == waiting.Count);

        await leaving.CancelAsync();

        await Wait.UntilAsync(() => Waiting == 0);
        foreach (var answer in waiting)
        {
            await Should.ThrowAsync<OperationCanceledException>(() => answer);
        }
        await held.EndAsync();
        await CreateAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task Where_too_many_wait_the_next_is_told_to_come_again()
    {
        await using var held = await HoldAsync();
        held.Requests.AddRange(Enumerable.Range(1, 100 * Changes).Select(_ => CreateAsync()));
        await Wait.UntilAsync(() => Waiting == 100 * Changes);

        (await installer.SendAsync("POST", "/loan-offers", World.NewOffer(customerId)).WaitAsync(Patience)).ShouldBeProblem(
            HttpStatusCode.ServiceUnavailable,
            "busy"
        );
        using var answer = await installer.DeleteAsync(CustomerUri).WaitAsync(Patience);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        // That is so for who floods.
        await World.CreateOfferAsync(neighbour, neighboursCustomerId).WaitAsync(Patience);

        await held.EndAsync();
    }

    [Fact]
    public async Task Who_was_refused_is_refused_for_a_moment_before_anything_else_is_done()
    {
        await using var held = await HoldAsync();
        held.Requests.AddRange(Enumerable.Range(1, 100 * Changes).Select(_ => CreateAsync()));
        await Wait.UntilAsync(() => Waiting == 100 * Changes);
        clock.Stop();
        var refused = await installer.SendAsync("POST", "/loan-offers", World.NewOffer(customerId)).WaitAsync(Patience);
        refused.ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "busy");
        await held.EndAsync();
        await Task.WhenAll(held.Requests).WaitAsync(Patience);

        // There are places again. What nobody looks at needs not even be valid.
        (await installer.SendAsync("POST", "/loan-offers", new { }).WaitAsync(Patience)).ShouldBeProblem(
            HttpStatusCode.ServiceUnavailable,
            "busy"
        );
        await ReadAsync().WaitAsync(Patience);
        await World.CreateOfferAsync(colleague, customerId).WaitAsync(Patience);

        clock.Advance(TimeSpan.FromMilliseconds(200));
        await CreateAsync().WaitAsync(Patience);
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
        var lane = Places.AnonymousQuotes;
        await Wait.UntilAsync(() => lane.GetStatistics()!.CurrentQueuedCount == flood.Count - 1);

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
        await Wait.UntilAsync(() => readers.TrueForAll(reader => reader.Available > 0));
        long begun;
        do
        {
            begun = Begun;
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        } while (Begun > begun);

        await ReadAsync().WaitAsync(Patience);

        readers.ForEach(reader => reader.Dispose());
    }

    /// <summary>How many changes of the organisation wait for a place.</summary>
    private long Waiting => Places.Limiter.GetStatistics(Request("POST"))!.CurrentQueuedCount;

    private long WaitingReads => Places.Limiter.GetStatistics(Request("GET"))!.CurrentQueuedCount;

    private long Begun => Places.Limiter.GetStatistics(Request("GET"))!.TotalSuccessfulLeases;

    private RequestPlaces Places => host.App.Services.GetRequiredService<RequestPlaces>();

    private DefaultHttpContext Request(string method) =>
        new DefaultHttpContext
        {
            Request = { Method = method },
            User = new(CallerIdentity.OfApiKey(Unique.Id(), organizationId, Unique.Id(), "somebody", organizationId, [])),
        };

    /// <summary>How many requests wait for a lock.</summary>
    private long Locked
    {
        get
        {
            using var count = database.CreateCommand(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            );
            return (long)count.ExecuteScalar()!;
        }
    }

    private Uri CustomerUri => new($"/api/v1/customers/{customerId}", UriKind.Relative);

    private Task<Guid> CreateAsync() => World.CreateOfferAsync(installer, customerId);

    private Task<Answer> ReadAsync() => installer.GetAsync($"/customers/{customerId}", HttpStatusCode.OK);

    /// <summary>Requests that take all places of the organisation's changes, as they wait for a customer whom somebody else holds.</summary>
    private async Task<Held> HoldAsync()
    {
        var held = new Held(await database.OpenConnectionAsync());
        await held.BeginAsync(customerId);
        held.Requests.AddRange(Enumerable.Range(1, Changes).Select(_ => CreateAsync()));
        await Wait.UntilAsync(() => Locked == Changes);
        return held;
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

        public async Task BeginAsync(Guid customerId)
        {
            transaction = await connection.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand("SELECT FROM customers.customers WHERE id = $1 FOR UPDATE", connection)
            {
                Parameters = { new() { Value = customerId } },
            };
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
