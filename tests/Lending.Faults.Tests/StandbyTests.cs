using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Faults.Tests;

/// <summary>Lists are read from a standby that is late, and by whoever says what they have written, not before it is there.</summary>
public sealed class StandbyTests(StandbyTests.Serving serving, ITestOutputHelper output)
    : IClassFixture<StandbyTests.Serving>,
        IAsyncLifetime
{
    private const string Header = "X-Read-After";

    private readonly StreamingPostgres database = serving.Database;
    private readonly RunningHost host = serving.Host;
    private List<Guid> before = [];

    public async ValueTask InitializeAsync()
    {
        await database.ResumeAsync();
        before = await ListAsync(host.Administrator);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Lists_are_as_late_as_the_standby_unless_somebody_says_what_they_have_written()
    {
        var (first, _) = await CreateAsync(host.Administrator);
        await database.ResumeAsync();
        (await ListAsync(host.Administrator)).ShouldBe([first]);
        await database.PauseAsync();

        var (second, written) = await CreateAsync(host.Administrator);

        (await ListAsync(host.Administrator)).ShouldBe([first], "the standby has not heard of the second");
        (await ListAsync(host.Administrator, written)).ShouldBe([second, first]);
        (await ListAsync(host.Administrator, "nonsense")).ShouldBe([second, first]);
        (await host.Administrator.SendAsync("GET", $"/customers/{second}")).Status.ShouldBe(HttpStatusCode.OK, "it is no list");

        await database.ResumeAsync();
        (await ListAsync(host.Administrator)).ShouldBe([second, first]);
        await database.PauseAsync();
        var (third, _) = await CreateAsync(host.Administrator);
        // The standby has come as far as the second, and is the one that answers.
        (await ListAsync(host.Administrator, written)).ShouldBe([second, first]);
        await database.ResumeAsync();
        (await ListAsync(host.Administrator, written)).ShouldBe([third, second, first]);
    }

    [Fact]
    public async Task The_other_lists_and_the_report_are_late_too_and_show_what_they_would_show()
    {
        var (customerId, _) = await CreateAsync(host.Administrator);
        await database.ResumeAsync();
        await database.PauseAsync();
        var offer = await host.Administrator.PostAsync(
            "/loan-offers",
            new
            {
                customerId,
                loanAmount = 18000,
                annualRatePercent = 4.9,
                termMonths = 120,
            },
            HttpStatusCode.Created
        );

        (await CountAsync("/loan-offers")).ShouldBe(0);
        (await CountAsync($"/loan-offers?customerId={customerId}")).ShouldBe(0);
        await database.ResumeAsync();

        var offers = (await host.Administrator.GetAsync("/loan-offers?includeTotal=true", HttpStatusCode.OK)).Json;
        offers.GetProperty("items")[0].GetProperty("id").GetGuid().ShouldBe(offer.Id);
        offers.GetProperty("total").GetInt32().ShouldBe(1);
        (await CountAsync($"/loan-offers?customerId={customerId}")).ShouldBe(1);
        (await CountAsync("/loan-accounts?includeTotal=true")).ShouldBe(0);
        await host.Administrator.GetAsync("/trial-balance", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_sees_another_organisations_rows_there()
    {
        var (mine, _) = await CreateAsync(host.Administrator);
        using var sandbox = await NewSandboxAsync();
        var (theirs, _) = await CreateAsync(sandbox);
        await database.ResumeAsync();
        await database.PauseAsync();

        // Not even the newest ones are there, so it is the standby that answers.
        await CreateAsync(host.Administrator);
        await CreateAsync(sandbox);

        (await ListAsync(host.Administrator)).ShouldBe([mine]);
        (await ListAsync(sandbox)).ShouldBe([theirs]);
    }

    [Fact]
    public async Task While_the_standby_is_away_the_primary_is_read()
    {
        var (first, _) = await CreateAsync(host.Administrator);
        await database.ResumeAsync();
        (await ListAsync(host.Administrator)).ShouldBe([first]);

        await database.StopStandbyAsync();
        var (second, written) = await CreateAsync(host.Administrator);

        (await ListAsync(host.Administrator)).ShouldBe([second, first]);
        (await ListAsync(host.Administrator, written)).ShouldBe([second, first]);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ListAsync(host.Administrator)));

        await database.StartStandbyAsync();
        await database.ResumeAsync();
        await database.PauseAsync();
        await CreateAsync(host.Administrator);
        // Some seconds after it was missed, it is asked again: then the newest one is not there.
        while ((await ListAsync(host.Administrator)).Count > 2)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        output.WriteLine(host.Process.Output);
    }

    private async Task<HttpClient> NewSandboxAsync()
    {
        var key = await host.Administrator.PostAsync(
            "/api-keys",
            new
            {
                name = "Sandbox",
                mode = "sandbox",
                scopes = (string[])["organization:all", "customers:read", "customers:write"],
            },
            HttpStatusCode.Created
        );
        var client = new HttpClient { BaseAddress = host.Administrator.BaseAddress };
        client.DefaultRequestHeaders.Add("X-Api-Key", key["key"]);
        return client;
    }

    private static async Task<(Guid Id, string Written)> CreateAsync(HttpClient staff)
    {
        using var answer = await staff.PostAsJsonAsync(
            "/api/v1/customers",
            new
            {
                firstName = "Jürgen",
                lastName = "Groß",
                email = Unique.Email(),
                phoneNumber = "+49 30 901820",
                addressLine1 = "Sonnenallee 12",
                city = "Berlin",
                postalCode = "12045",
                country = "DE",
            }
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var created = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (created.GetProperty("id").GetGuid(), answer.Headers.GetValues(Header).Single());
    }

    /// <summary>The customers in the list whom this test has made.</summary>
    private async Task<List<Guid>> ListAsync(HttpClient staff, string? after = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/customers");
        if (after is not null)
        {
            request.Headers.Add(Header, after);
        }
        using var answer = await staff.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return [.. page.GetProperty("items").EnumerateArray().Select(customer => customer.GetProperty("id").GetGuid()).Except(before)];
    }

    private async Task<int> CountAsync(string path) =>
        (await host.Administrator.GetAsync(path, HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength();

    /// <summary>A PostgreSQL with its standby, and a host that reads from both.</summary>
    public sealed class Serving(MigratedData migrated) : IAsyncLifetime
    {
        public StreamingPostgres Database { get; } = new(migrated);

        internal RunningHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Database.InitializeAsync();
            Host = await RunningHost.StartAsync(Database.Primary, ("ConnectionStrings__Standby", TestDatabase.ApiOf(Database.Standby)));
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await Database.DisposeAsync();
        }
    }
}
