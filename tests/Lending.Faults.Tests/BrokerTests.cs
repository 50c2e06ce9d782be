using System.Globalization;
using System.Net;
using System.Text.Json;
using Lending.Platform.Security;
using Lending.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Lending.Faults.Tests;

/// <summary>Other systems hear of what happens by RabbitMQ, whoever is killed meanwhile.</summary>
public sealed class BrokerTests(BrokerTests.Telling telling, ITestOutputHelper output) : IClassFixture<BrokerTests.Telling>, IAsyncLifetime
{
    private const int Kills = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly MortalPostgres database = telling.Database;
    private readonly MortalBroker broker = telling.Broker;
    private long before;

    private RunningHost Host => telling.Host;

    public async ValueTask InitializeAsync()
    {
        // What a test that failed has left.
        await broker.StartAsync();
        await UntilRelayedAsync();
        await broker.TakeAsync();
        before = (long)(await database.QueryAsync("SELECT coalesce(max(number), 0) FROM loans.outbox_messages"))!;
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task An_event_is_a_CloudEvent_in_the_trace_of_its_request()
    {
        var bound = await broker.CountInQueueOfAsync(
            "loans.LoanOfferCancelled",
            async () =>
            {
                await WriteOneAsync();
                await UntilRelayedAsync();
            }
        );

        bound.ShouldBe(1u);
        var received = await broker.TakeAsync();
        received.Select(happened => happened.RoutingKey).ShouldBe(["loans.LoanOfferCreated", "loans.LoanOfferCancelled"]);
        foreach (var happened in received)
        {
            var row = (string)
                (
                    await database.QueryAsync(
                        "SELECT concat_ws('|', type, aggregate_id, trace_parent, payload) FROM loans.outbox_messages WHERE id = $1",
                        happened.Id
                    )
                )!;
            var (type, aggregate, trace, payload) = row.Split('|', 4) is [var a, var b, var c, var d] ? (a, b, c, d) : default;
            happened.Headers["cloudEvents:specversion"].ShouldBe("1.0");
            happened.Headers["cloudEvents:source"].ShouldBe("urn:lending");
            happened.Headers["cloudEvents:type"].ShouldBe($"loans.{type}");
            happened.Headers["cloudEvents:subject"].ShouldBe(aggregate);
            happened.Body.ShouldBe(payload);
            DateTimeOffset
                .Parse(happened.Headers["cloudEvents:time"], CultureInfo.InvariantCulture)
                .ShouldBe(JsonElement.Parse(payload).GetProperty("at").GetDateTimeOffset());
            // The same trace, another span of it.
            happened.Headers["cloudEvents:traceparent"].Split('-')[1].ShouldBe(trace.Split('-')[1]);
            happened.Headers["cloudEvents:traceparent"].ShouldNotBe(trace);
            happened.Headers["traceparent"].ShouldBe(happened.Headers["cloudEvents:traceparent"]);
        }
    }

    [Fact]
    public async Task What_happens_in_a_sandbox_is_not_told()
    {
        var created = await Host.Administrator.PostAsync(
            "/api-keys",
            new
            {
                name = "Sandbox",
                mode = "sandbox",
                scopes = (string[])["organization:all", "customers:write", "offers:read", "offers:write"],
            },
            HttpStatusCode.Created
        );
        using var key = new HttpClient { BaseAddress = Host.Administrator.BaseAddress };
        key.DefaultRequestHeaders.Add("X-Api-Key", created["key"]);
        var tried = (await key.PostAsync("/customers", WriteLoad.NewCustomer(), HttpStatusCode.Created)).Id;
        await using (var load = new OfferLoad(key, tried, writers: 0))
        {
            await load.WriteOneAsync();
        }
        await WriteOneAsync();
        await UntilRelayedAsync();

        var told = await broker.TakeAsync();
        (await WrittenAsync()).Count.ShouldBe(4);
        told.Select(happened => JsonElement.Parse(happened.Body).GetProperty("customerId").GetGuid())
            .ShouldBe([telling.Customer, telling.Customer]);
    }

    [Fact]
    public async Task An_event_waits_while_no_queue_takes_it_and_the_queue_is_made_anew()
    {
        await broker.DeleteQueueAsync();

        await WriteOneAsync();
        await UntilRelayedAsync();

        (await broker.TakeAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_queue_is_a_quorum_queue()
    {
        await WriteOneAsync();
        await UntilRelayedAsync();
        var factory = new ConnectionFactory { Uri = new Uri(broker.Setting.Value) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();

        // Who takes it for another sort is told what it is.
        var refused = await Should.ThrowAsync<OperationInterruptedException>(() =>
            channel.QueueDeclareAsync(
                "lending.events",
                durable: true,
                exclusive: false,
                autoDelete: false,
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "classic" }
            )
        );

        refused.Message.ShouldContain("inequivalent arg 'x-queue-type'");
        refused.Message.ShouldContain("'quorum'");
    }

    [Fact]
    public async Task Whoever_runs_it_sees_what_waits_while_the_broker_is_away()
    {
        // A busy machine may have had outages already.
        await WriteOneAsync();
        await UntilRelayedAsync();
        var outages = CountOf("cannot be told of events now");
        var ends = CountOf("The broker is told of events again");
        await broker.KillAsync();
        await WriteOneAsync();

        (await WaitingAsync()).ShouldBe(2);
        using var ready = await Host.Administrator.GetAsync(new Uri("/health/ready", UriKind.Relative));
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);

        await broker.StartAsync();
        await UntilRelayedAsync();
        (await WaitingAsync()).ShouldBe(0);
        // One line for the outage, and one for its end.
        using var limit = new CancellationTokenSource(Patience);
        while (CountOf("The broker is told of events again") == ends)
        {
            await Task.Delay(50, limit.Token);
        }
        CountOf("cannot be told of events now").ShouldBe(outages + 1, Host.Process.Output);

        int CountOf(string text) => Host.Process.Output.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal));

        async Task<long> WaitingAsync() =>
            (await Host.Administrator.GetAsync("/ops/outbox?waitsForBroker=true&includeTotal=true", HttpStatusCode.OK))
                .Json.GetProperty("total")
                .GetInt64();
    }

    [Fact]
    public Task The_broker_is_killed() =>
        LosesAndInventsNothingAsync(async () =>
        {
            await broker.KillAsync();
            await broker.StartAsync();
        });

    [Fact]
    public Task PostgreSQL_is_killed() =>
        LosesAndInventsNothingAsync(async () =>
        {
            await database.KillAsync();
            await database.StartAsync();
        });

    /// <summary>Another one runs beside it, and takes over what it was at.</summary>
    [Fact]
    public async Task The_host_is_killed()
    {
        await using var other = await telling.StartHostAsync(port: 0);
        await LosesAndInventsNothingAsync(async () =>
        {
            Host.Process.Kill();
            var next = await telling.StartHostAsync(telling.Port);
            await Host.DisposeAsync();
            telling.Host = next;
        });
    }

    private async Task LosesAndInventsNothingAsync(Func<Task> killAndStart)
    {
        // Of the host that may be killed: the address and the token are those of the next one, too.
        using var client = new HttpClient { BaseAddress = Host.Administrator.BaseAddress }.WithToken(Host.AccessToken);
        await using var load = new OfferLoad(client, telling.Customer);
        for (var kill = 0; kill < Kills; kill++)
        {
            await load.UntilMoreAsync(40);
            await killAndStart();
        }
        await load.UntilMoreAsync(40);
        await load.EndAsync();
        await UntilRelayedAsync();

        var written = await WrittenAsync();
        var received = await broker.TakeAsync();
        var first = received.DistinctBy(happened => happened.Id).ToList();
        output.WriteLine(
            $"Load held: 8 writers, {load.Cancelled.Count} offers made and taken back. Faults injected: {Kills} times {TestContext.Current.TestMethod!.MethodName}. "
                + $"Events written: {written.Count}, received: {received.Count}, duplicates: {received.Count - first.Count}, lost: "
                + $"{written.Except(first.Select(happened => happened.Id)).Count()}, invented: {first.Select(happened => happened.Id).Except(written).Count()}."
        );
        written.Count.ShouldBe(2 * load.Cancelled.Count);
        first.Select(happened => happened.Id).ShouldBe(written, ignoreOrder: true);
        // In order for each offer, whatever was told twice: who forgets what has an id that they know gets them so.
        var places = written.Index().ToDictionary(place => place.Item, place => place.Index);
        foreach (var offer in first.GroupBy(happened => happened.AggregateId))
        {
            offer.Select(happened => places[happened.Id]).ShouldBeInOrder();
        }
        foreach (var repeated in received.GroupBy(happened => happened.Id))
        {
            repeated.Select(happened => (happened.RoutingKey, happened.AggregateId, happened.Body)).Distinct().ShouldHaveSingleItem();
        }
    }

    private async Task WriteOneAsync()
    {
        await using var load = new OfferLoad(Host.Administrator, telling.Customer, writers: 0);
        await load.WriteOneAsync();
    }

    /// <summary>The events that were committed since the test began, in their order.</summary>
    private async Task<List<Guid>> WrittenAsync() =>
        [
            .. (Guid[])
                (
                    await database.QueryAsync(
                        "SELECT coalesce(array_agg(id ORDER BY number), '{}') FROM loans.outbox_messages WHERE number > $1",
                        before
                    )
                )!,
        ];

    private async Task UntilRelayedAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while ((long)(await database.QueryAsync("SELECT count(*) FROM platform.broker_messages"))! > 0)
        {
            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>A PostgreSQL and a RabbitMQ, and a host that tells one of what is in the other.</summary>
    public sealed class Telling(MigratedData migrated) : IAsyncLifetime
    {
        private readonly string signingKey = AccessTokenOptions.NewSigningKey();

        public MortalPostgres Database { get; } = new(migrated);

        public MortalBroker Broker { get; } = new();

        public int Port { get; } = FreePort.Find();

        internal RunningHost Host { get; set; } = null!;

        internal Guid Customer { get; private set; }

        public async ValueTask InitializeAsync()
        {
            LogWatch.OfThisRun.Learn(signingKey);
            await Database.InitializeAsync();
            await Broker.InitializeAsync();
            Host = await StartHostAsync(Port);
            Customer = (await Host.Administrator.PostAsync("/customers", WriteLoad.NewCustomer(), HttpStatusCode.Created)).Id;
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await Broker.DisposeAsync();
            await Database.DisposeAsync();
        }

        // Traces are recorded where somebody is to get them, who need not be there.
        internal Task<RunningHost> StartHostAsync(int port) =>
            RunningHost.StartAsync(
                Database.ConnectionString,
                ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"),
                ("Jwt__SigningKeys__first", signingKey),
                ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"),
                Broker.Setting
            );
    }
}
