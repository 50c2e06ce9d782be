using System.Collections.Concurrent;
using System.Net;
using Lending.Identity.Tests.ApiKeys;
using Lending.Platform.Clocks;
using Lending.Platform.Jobs;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lending.Identity.Tests.Sandboxes;

/// <summary>Whose clock is advanced, by whom, how far, and who hears of it.</summary>
public sealed class SandboxClockTests(IdentityFixture host)
{
    [Fact]
    public async Task It_goes_forwards_to_the_wanted_time_and_on_from_there()
    {
        var (key, _) = await NewSandboxAsync(host.Host);
        (await key.GetAsync("/sandbox/clock", HttpStatusCode.OK)).Json.GetProperty("aheadSeconds").GetDecimal().ShouldBe(0);
        var wanted = host.Host.Clock.GetUtcNow().AddDays(31);

        var advanced = await AdvanceAsync(key, wanted, HttpStatusCode.OK);

        (NowOf(advanced) - wanted).Duration().ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
        advanced.Json.GetProperty("aheadSeconds").GetDecimal().ShouldBeInRange(30 * 86_400, 31 * 86_400);
        var later = await key.GetAsync("/sandbox/clock", HttpStatusCode.OK);
        NowOf(later).ShouldBeGreaterThanOrEqualTo(NowOf(advanced));
        later.Json.GetProperty("aheadSeconds").GetDecimal().ShouldBe(advanced.Json.GetProperty("aheadSeconds").GetDecimal());
        (await AdvanceAsync(key, wanted, HttpStatusCode.Conflict)).ShouldBeProblem(HttpStatusCode.Conflict, "clock-goes-forwards");
        (await AdvanceAsync(key, host.Host.Clock.GetUtcNow(), HttpStatusCode.Conflict)).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "clock-goes-forwards"
        );
        await AdvanceAsync(key, wanted.AddDays(1), HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"now":"2999-01-01T00:00:00Z"}""", "clock-too-far")]
    [InlineData("""{"now":null}""", "not-null")]
    [InlineData("{}", "not-null")]
    public async Task What_is_wrong_is_refused(string body, string code)
    {
        var (key, _) = await NewSandboxAsync(host.Host);

        var answer = await key.SendAsync("POST", "/sandbox/clock", body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        var error = answer.Json.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("name").GetString().ShouldBe("now");
        error.GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task Only_keys_of_a_sandbox_that_may_do_so_advance_its_clock()
    {
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var narrow = host.Host.ClientWithKey((await NewKeyAsync(admin.Client, "sandbox", KeyCalls.Scope))["key"]!);

        foreach (var method in (string[])["GET", "POST"])
        {
            var body = method == "POST" ? new { now = host.Host.Clock.GetUtcNow().AddDays(1) } : null;
            (await admin.Client.SendAsync(method, "/sandbox/clock", body)).ShouldBeProblem(HttpStatusCode.Conflict, "not-a-sandbox");
            (await narrow.SendAsync(method, "/sandbox/clock", body)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
            (await host.Client.SendAsync(method, "/sandbox/clock", body)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
        var live = await admin.Client.SendAsync("POST", "/api-keys", NewKey("live", "sandbox:manage"));
        live.Json.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe("scope-not-allowed");
    }

    [Fact]
    public async Task Two_sandboxes_have_a_time_of_their_own_and_nobody_elses_moves()
    {
        var clocks = host.Host.Services.GetRequiredService<SandboxClocks>();
        var (first, firstId) = await NewSandboxAsync(host.Host);
        var (second, secondId) = await NewSandboxAsync(host.Host);
        var (_, thirdId) = await NewSandboxAsync(host.Host);
        var now = host.Host.Clock.GetUtcNow();

        await Task.WhenAll(
            AdvanceAsync(first, now.AddDays(30), HttpStatusCode.OK),
            AdvanceAsync(second, now.AddDays(60), HttpStatusCode.OK)
        );

        DaysAhead(firstId).ShouldBe(30);
        DaysAhead(secondId).ShouldBe(60);
        DaysAhead(thirdId).ShouldBe(0);
        DaysAhead(Unique.Id()).ShouldBe(0);

        int DaysAhead(Guid organization) =>
            (int)Math.Round((clocks.NowIn(organization) - host.Host.Clock.GetUtcNow()).TotalDays, MidpointRounding.AwayFromZero);
    }

    [Fact]
    public async Task Of_those_who_advance_it_at_once_nobody_sets_it_back()
    {
        var (key, id) = await NewSandboxAsync(host.Host);
        var now = host.Host.Clock.GetUtcNow();

        var answers = await Task.WhenAll(
            Enumerable.Range(1, 8).Select(days => key.SendAsync("POST", "/sandbox/clock", new { now = now.AddDays(days) }))
        );

        var taken = answers.Where(answer => answer.Status == HttpStatusCode.OK).Select(NowOf).ToList();
        taken.ShouldNotBeEmpty();
        answers
            .Where(answer => answer.Status != HttpStatusCode.OK)
            .Select(answer => answer.Code)
            .ShouldBeSubsetOf(["concurrent-change", "clock-goes-forwards"]);
        NowOf(await key.GetAsync("/sandbox/clock", HttpStatusCode.OK)).ShouldBeGreaterThanOrEqualTo(taken.Max());
        host.Host.Services.GetRequiredService<SandboxClocks>().NowIn(id).ShouldBeGreaterThanOrEqualTo(taken.Max());
    }

    [Fact]
    public async Task Jobs_are_told_before_the_answer_and_one_that_fails_stops_no_other()
    {
        await using var own = await IdentityFixture.StartAsync(services =>
            services
                .AddHostedService<FailingJob>()
                .AddSingleton<ListeningJob>()
                .AddHostedService(provider => provider.GetRequiredService<ListeningJob>())
        );
        var (key, id) = await NewSandboxAsync(own);
        var wanted = own.Clock.GetUtcNow().AddDays(31);

        await AdvanceAsync(key, wanted, HttpStatusCode.OK);

        var (organization, at) = own.Services.GetRequiredService<ListeningJob>().Heard.ShouldHaveSingleItem();
        organization.ShouldBe(id);
        at.ShouldBeGreaterThan(wanted.AddSeconds(-1));
        // At its turns it looks after all sandboxes that are ahead, whether or not anything of them is found by the real time.
        await own.Services.GetRequiredService<ListeningJob>().RunAsync(CancellationToken.None);
        own.Services.GetRequiredService<ListeningJob>().Heard.Count(heard => heard.Organization == id).ShouldBe(2);
    }

    [Fact]
    public async Task Every_instance_knows_the_time_by_the_next_request()
    {
        await using var first = await IdentityFixture.StartAsync();
        var database = first.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().ConnectionString;
        await using var second = await IdentityFixture.StartAsync(
            settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings:Lending"] = database }
        );
        var (key, id) = await NewSandboxAsync(first);
        var other = new HttpClient { BaseAddress = second.Client.BaseAddress };
        other.DefaultRequestHeaders.Add("X-Api-Key", key.DefaultRequestHeaders.GetValues("X-Api-Key").Single());
        await other.GetAsync("/sandbox/clock", HttpStatusCode.OK);
        var wanted = first.Clock.GetUtcNow().AddDays(31);

        await AdvanceAsync(key, wanted, HttpStatusCode.OK);
        second.Services.GetRequiredService<SandboxClocks>().NowIn(id).ShouldBeLessThan(wanted, "nobody has asked it since");
        await other.GetAsync("/sandbox/clock", HttpStatusCode.OK);

        second.Services.GetRequiredService<SandboxClocks>().NowIn(id).ShouldBeGreaterThan(wanted.AddSeconds(-1));
    }

    [Fact]
    public async Task An_instance_knows_a_sandbox_that_was_made_elsewhere_as_soon_as_it_works_for_it()
    {
        await using var other = await IdentityFixture.StartAsync(
            settings: new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["ConnectionStrings:Lending"] = host.Host.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().ConnectionString,
            }
        );
        var clocks = other.Services.GetRequiredService<SandboxClocks>();
        // A job has had its turn, so the instance knows all that there were.
        await clocks.ReadAllAsync(CancellationToken.None);
        var (key, id) = await NewSandboxAsync(host.Host);
        var wanted = host.Host.Clock.GetUtcNow().AddDays(31);
        await AdvanceAsync(key, wanted, HttpStatusCode.OK);

        // As whoever is about to follow a link, or to handle an event.
        await clocks.FollowAsync(id, CancellationToken.None);

        clocks.IsSandbox(id).ShouldBeTrue();
        clocks.NowIn(id).ShouldBeGreaterThan(wanted.AddSeconds(-1));
    }

    [Fact]
    public async Task What_lets_people_in_goes_by_the_real_time()
    {
        var (key, _) = await NewSandboxAsync(host.Host);

        await AdvanceAsync(key, host.Host.Clock.GetUtcNow().AddDays(800), HttpStatusCode.OK);

        // The key would have expired after a year.
        (await key.SendAsync("GET", "/sandbox/clock")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<(HttpClient Key, Guid SandboxId)> NewSandboxAsync(ModuleHost of)
    {
        var chief = await of.LogInAsChiefAsync();
        var organization = await chief.PostAsync(
            "/organizations",
            new
            {
                name = $"Organisation {Unique.Text()}",
                country = "DE",
                currency = "EUR",
                timeZone = "Europe/Berlin",
            },
            HttpStatusCode.Created
        );
        var invited = await chief.PostAsync(
            "/users/administrators",
            IdentityFixture.Staff(organizationId: organization.Id),
            HttpStatusCode.Created
        );
        var session = await of.AcceptAsync(invited["token"]!);
        using var admin = new HttpClient { BaseAddress = of.Client.BaseAddress }.WithToken(session["accessToken"]!);
        var key = of.ClientWithKey((await NewKeyAsync(admin, "sandbox", "sandbox:manage"))["key"]!);
        await using var find = of.Database.CreateCommand($"SELECT id FROM identity.organizations WHERE sandbox_of = '{organization.Id}'");
        return (key, (Guid)(await find.ExecuteScalarAsync())!);
    }

    private static object NewKey(string mode, params string[] scopes) =>
        new
        {
            name = $"Key {Unique.Text()}",
            mode,
            scopes,
        };

    private static Task<Answer> NewKeyAsync(HttpClient admin, string mode, params string[] scopes) =>
        admin.NewKeyAsync(NewKey(mode, scopes));

    private static Task<Answer> AdvanceAsync(HttpClient key, DateTimeOffset now, HttpStatusCode expected) =>
        key.PostAsync("/sandbox/clock", new { now }, expected);

    private static DateTimeOffset NowOf(Answer answer) => answer.Json.GetProperty("now").GetDateTimeOffset();

    private sealed class ListeningJob(SandboxClocks clocks, TimeProvider clock, ILogger<ListeningJob> logger)
        : OrganizationJob(clocks, clock, logger)
    {
        public ConcurrentQueue<(Guid Organization, DateTimeOffset At)> Heard { get; } = new();

        protected override TimeSpan Interval => TimeSpan.FromDays(1);

        protected override string Failure => "Nothing can be heard";

        public override Task RunAsync(Guid organizationId, CancellationToken ct)
        {
            Heard.Enqueue((organizationId, NowIn(organizationId)));
            return Task.CompletedTask;
        }

        protected override Task<List<Guid>> FindOrganizationsAsync(CancellationToken ct) => Task.FromResult<List<Guid>>([]);
    }

    private sealed class FailingJob(SandboxClocks clocks, TimeProvider clock, ILogger<FailingJob> logger)
        : OrganizationJob(clocks, clock, logger)
    {
        protected override TimeSpan Interval => TimeSpan.FromDays(1);

        protected override string Failure => "It cannot work";

        public override Task RunAsync(Guid organizationId, CancellationToken ct) => throw new InvalidOperationException("It fails.");

        protected override Task<List<Guid>> FindOrganizationsAsync(CancellationToken ct) => Task.FromResult<List<Guid>>([]);
    }
}
