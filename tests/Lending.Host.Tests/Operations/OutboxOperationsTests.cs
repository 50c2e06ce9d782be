using System.Net;
using Lending.Platform.Broker;
using Lending.Platform.Outbox;
using Lending.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Host.Tests.Operations;

/// <summary>What the platform's administrators see of events, and how they have them delivered again.</summary>
public sealed class OutboxOperationsTests : IAsyncLifetime
{
    // A host that delivers nothing, and whose broker is away.
    private readonly HostFixture host = new()
    {
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Outbox:PollSeconds"] = "3600",
            ["Broker:Url"] = "amqp://127.0.0.1:1",
        },
        AddServices = services => services.AddSingleton(new OutboxBell([])),
    };
    private NpgsqlDataSource database = null!;
    private Guid organization;
    private HttpClient installer = null!;

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        database = NpgsqlDataSource.Create(host.ConnectionString);
        var world = new World(host);
        organization = await world.CreateOrganizationAsync();
        installer = await world.CreateInstallerAsync(organization);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task They_see_all_events_newest_first_and_nothing_of_what_these_tell()
    {
        var offers = new List<Guid>();
        for (var number = 0; number < 3; number++)
        {
            offers.Add(await World.CreateOfferAsync(installer, await World.CreateCustomerAsync(installer)));
        }

        var first = await host.Administrator.GetAsync("/ops/outbox?limit=2&includeTotal=true", HttpStatusCode.OK);
        var second = await host.Administrator.GetAsync($"/ops/outbox?limit=2&cursor={first["nextCursor"]}", HttpStatusCode.OK);

        first.Json.GetProperty("total").GetInt64().ShouldBe(3);
        Items(first, "aggregateId")
            .Concat(Items(second, "aggregateId"))
            .ShouldBe(offers.AsEnumerable().Reverse().Select(id => id.ToString()));
        var newest = first.Json.GetProperty("items")[0];
        newest.GetProperty("module").GetString().ShouldBe("loans");
        newest.GetProperty("type").GetString().ShouldBe("LoanOfferCreated");
        newest.GetProperty("status").GetString().ShouldBe("WAITING");
        newest.GetProperty("organizationId").GetGuid().ShouldBe(organization);
        newest.TryGetProperty("payload", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task They_find_events_by_status_type_and_module()
    {
        var offer = await World.CreateOfferAsync(installer, await World.CreateCustomerAsync(installer));
        var another = await World.CreateOfferAsync(installer, await World.CreateCustomerAsync(installer));
        await ExecuteAsync($"UPDATE loans.outbox_messages SET died_at = now(), last_error = 'Some: Error' WHERE aggregate_id = '{offer}'");
        await ExecuteAsync($"UPDATE loans.outbox_messages SET delivered_at = now() WHERE aggregate_id = '{another}'");

        (await AggregatesAsync("status=DEAD")).ShouldBe([offer.ToString()]);
        (await AggregatesAsync("status=DELIVERED")).ShouldBe([another.ToString()]);
        (await AggregatesAsync("status=WAITING")).ShouldBeEmpty();
        (await AggregatesAsync("type=LoanOfferCreated")).Count.ShouldBe(2);
        (await AggregatesAsync("type=LoanOfferAccepted")).ShouldBeEmpty();
        (await AggregatesAsync("module=loans")).Count.ShouldBe(2);
        (await AggregatesAsync("module=servicing")).ShouldBeEmpty();
        (await host.Administrator.SendAsync("GET", "/ops/outbox?status=GONE")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await host.Administrator.SendAsync("GET", "/ops/outbox?cursor=nothing")).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
    }

    [Fact]
    public async Task They_see_what_the_broker_has_not_confirmed_yet()
    {
        var told = await World.CreateOfferAsync(installer, await World.CreateCustomerAsync(installer));
        var waiting = await World.CreateOfferAsync(installer, await World.CreateCustomerAsync(installer));
        await ExecuteAsync($"DELETE FROM platform.broker_messages WHERE aggregate_id = '{told}'");

        (await AggregatesAsync("waitsForBroker=true")).ShouldBe([waiting.ToString()]);
        (await AggregatesAsync("waitsForBroker=false")).ShouldBe([told.ToString()]);
        (await host.Administrator.GetAsync("/ops/outbox", HttpStatusCode.OK))
            .Json.GetProperty("items")
            .EnumerateArray()
            .Select(item => item.GetProperty("waitsForBroker").GetBoolean())
            .ShouldBe([true, false]);
    }

    [Fact]
    public async Task A_copy_for_the_broker_is_the_event_and_is_written_with_it_or_not_at_all()
    {
        var offer = await World.CreateOfferAsync(installer, await World.CreateCustomerAsync(installer));
        var body = new { version = 99, documentHash = "none" };
        await installer.SendAsync("POST", $"/loan-offers/{offer}/approve", body);

        await using var select = database.CreateCommand(
            $"""
            SELECT count(*), count(*) FILTER (WHERE copy.organization_id = event.organization_id AND copy.module = 'loans' AND copy.type = event.type
                AND copy.payload::text = event.payload::text AND copy.occurred_at = event.occurred_at
                AND copy.trace_parent IS NOT DISTINCT FROM event.trace_parent)
            FROM platform.broker_messages AS copy FULL JOIN loans.outbox_messages AS event USING (id)
            WHERE copy.aggregate_id = '{offer}' OR event.aggregate_id = '{offer}'
            """
        );
        await using var reader = await select.ExecuteReaderAsync();
        await reader.ReadAsync();
        (reader.GetInt64(0), reader.GetInt64(1)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Without_a_broker_nothing_is_copied()
    {
        await using var plain = new HostFixture();
        await plain.InitializeAsync();
        var world = new World(plain);
        using var staff = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        await World.CreateOfferAsync(staff, await World.CreateCustomerAsync(staff));

        await using var owner = NpgsqlDataSource.Create(plain.ConnectionString);
        await using var count = owner.CreateCommand("SELECT count(*) FROM platform.broker_messages");
        ((long)(await count.ExecuteScalarAsync())!).ShouldBe(0);
        plain.App.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().ShouldNotContain(job => job is BrokerRelay);
    }

    [Theory]
    [InlineData("broker")]
    [InlineData("http://user:secret@broker")]
    [InlineData("amqp://")]
    public void An_address_that_is_none_stops_the_start_and_is_not_repeated(string url)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new KeyValuePair<string, string?>(BrokerAddress.Setting, url)])
            .Build();

        Should.Throw<InvalidOperationException>(() => BrokerAddress.Find(configuration)).Message.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_replay_gives_what_was_dead_and_what_waits_for_it_another_chance()
    {
        var offer = await World.CreateOfferAsync(installer, await World.CreateCustomerAsync(installer));
        var alive = await World.CreateOfferAsync(installer, await World.CreateCustomerAsync(installer));
        await ExecuteAsync(
            $"""
            UPDATE loans.outbox_messages SET died_at = now(), attempts = 20 WHERE aggregate_id = '{offer}';
            INSERT INTO loans.outbox_messages (id, organization_id, aggregate_id, type, payload, occurred_at, attempts, next_attempt_at)
            SELECT gen_random_uuid(), organization_id, aggregate_id, 'LoanOfferApproved', payload, occurred_at, 0, now() + interval '1 hour'
            FROM loans.outbox_messages WHERE aggregate_id = '{offer}'
            """
        );
        var before = await AttemptsAsync(alive);

        // Those that are not meant stay dead.
        (await ReplayAsync(new { type = "LoanOfferAccepted" })).ShouldBe(0);
        (await ReplayAsync(new { module = "servicing" })).ShouldBe(0);
        (await ReplayAsync(new { id = Unique.Id() })).ShouldBe(0);
        var id = (await host.Administrator.GetAsync("/ops/outbox?status=DEAD", HttpStatusCode.OK))
            .Json.GetProperty("items")[0]
            .GetProperty("id")
            .GetGuid();
        (await ReplayAsync(new { id })).ShouldBe(1);

        (await AggregatesAsync("status=DEAD")).ShouldBeEmpty();
        (await AttemptsAsync(offer)).ShouldBe(["0 due", "0 due"]);
        (await AttemptsAsync(alive)).ShouldBe(before);
        // What is alive is left alone.
        (await ReplayAsync(new { module = "loans" })).ShouldBe(0);
        var entries = await host.Administrator.GetAsync($"/audit?entityId={id}&entityType={nameof(OutboxMessage)}", HttpStatusCode.OK);
        entries.Json.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_replay_names_what_it_means() =>
        (await host.Administrator.SendAsync("POST", "/ops/outbox/replay", new { })).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );

    private async Task<int> ReplayAsync(object meant) =>
        (await host.Administrator.PostAsync("/ops/outbox/replay", meant, HttpStatusCode.OK)).Json.GetProperty("replayed").GetInt32();

    private async Task<List<string>> AggregatesAsync(string query) =>
        Items(await host.Administrator.GetAsync($"/ops/outbox?{query}", HttpStatusCode.OK), "aggregateId");

    private static List<string> Items(Answer page, string member) =>
        [.. page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(member).GetString()!)];

    private async Task<List<string>> AttemptsAsync(Guid offer)
    {
        var attempts = new List<string>();
        await using var select = database.CreateCommand(
            $"SELECT attempts || CASE WHEN next_attempt_at <= now() THEN ' due' ELSE ' later' END FROM loans.outbox_messages WHERE aggregate_id = '{offer}' ORDER BY number"
        );
        await using var reader = await select.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            attempts.Add(reader.GetString(0));
        }
        return attempts;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
