using System.Net;
using System.Text.RegularExpressions;
using Lending.Customers.Contracts;
using Lending.Loans.Contracts;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lending.Host.Tests.Running;

/// <summary>Who may send how many requests, and whom that leaves alone.</summary>
public sealed partial class RateLimitTests(RateLimitTests.Fixture fixture) : IClassFixture<RateLimitTests.Fixture>
{
    private const int CallerPerMinute = 20;
    private const int OrganizationPerMinute = 30;
    private const int AddressPerMinute = 40;
    private const int QuotesPerMinute = 10;
    private const int AuthenticationPerMinute = 15;

    private static readonly object Quote = new
    {
        loanAmount = 18000,
        annualRatePercent = 4.9,
        termMonths = 120,
    };

    [Fact]
    public async Task A_caller_has_a_budget_of_their_own_and_answers_tell_what_is_left()
    {
        var organizationId = Unique.Id();
        using var installer = fixture.NewInstaller(organizationId);

        using var first = await SendAsync(installer, "GET", "/customers");

        first
            .Headers.GetValues("RateLimit-Policy")
            .ShouldHaveSingleItem()
            .ShouldBe($"\"caller\";q={CallerPerMinute};w=60, \"organization\";q={OrganizationPerMinute};w=60");
        Left(first, "caller").ShouldBe((CallerPerMinute - 1, 60 / CallerPerMinute));
        Left(first, "organization").ShouldBe((OrganizationPerMinute - 1, 60 / OrganizationPerMinute));

        using var refused = await UntilRefusedAsync(installer, "/customers", CallerPerMinute);
        Left(refused, "caller").ShouldBe((0, 60));
        Left(refused, "organization").Remaining.ShouldBeGreaterThan(0);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60 / CallerPerMinute));
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await refused.Content.ReadAsStringAsync()).ShouldContain("\"code\":\"too-many-requests\"");
        // What does not exist and what is not permitted counts as well, and a colleague goes on.
        await ShouldBeUsedUpAsync(() => installer.SendAsync("GET", "/nowhere"));
        await ShouldBeUsedUpAsync(() => installer.SendAsync("POST", "/organizations", new { }));
        using var colleague = fixture.NewInstaller(organizationId);
        await colleague.GetAsync("/customers", HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_organisation_that_uses_up_its_budget_slows_no_other()
    {
        var organizationId = Unique.Id();
        using var one = fixture.NewInstaller(organizationId);
        using var two = fixture.NewInstaller(organizationId);
        for (var number = 0; number < CallerPerMinute - 1; number++)
        {
            await one.GetAsync("/customers", HttpStatusCode.OK);
        }

        using var refused = await UntilRefusedAsync(two, "/customers", OrganizationPerMinute);

        Left(refused, "organization").Remaining.ShouldBe(0);
        Left(refused, "caller").Remaining.ShouldBeGreaterThan(0);
        using var other = fixture.NewInstaller();
        await other.GetAsync("/customers", HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_key_has_a_budget_of_its_own_also_where_its_maker_and_other_keys_work_beside_it()
    {
        using var administrator = await fixture.NewAdministratorAsync();
        using var key = await fixture.NewKeyAsync(administrator);
        using var otherKey = await fixture.NewKeyAsync(administrator);

        using var refused = await UntilRefusedAsync(key, "/customers", CallerPerMinute);

        Left(refused, "caller").Remaining.ShouldBe(0);
        Left(refused, "organization").Remaining.ShouldBeGreaterThan(0);
        await otherKey.GetAsync("/customers", HttpStatusCode.OK);
        await administrator.GetAsync("/customers", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Customers_do_not_use_up_what_the_staff_of_their_organisation_need()
    {
        using var customer = fixture.NewCustomer();

        using var answer = await SendAsync(customer, "GET", "/loan-offers");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("RateLimit-Policy").ShouldHaveSingleItem().ShouldBe($"\"caller\";q={CallerPerMinute};w=60");
    }

    [Theory]
    [InlineData("198.51.100.1", "198.51.100.2", false)]
    [InlineData("198.51.100.3", "::ffff:198.51.100.3", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:0:2::1", "2001:db8:0:3::1", false)]
    public async Task Who_has_no_credential_that_works_is_counted_by_address_and_in_IPv6_by_network(string one, string other, bool isSame)
    {
        using var anonymous = fixture.ClientAt(one);
        anonymous.WithToken("not.a.token");
        using var refused = await UntilRefusedAsync(anonymous, "/customers", AddressPerMinute, HttpStatusCode.Unauthorized);
        Left(refused, "address").Remaining.ShouldBe(0);

        using var neighbour = fixture.ClientAt(other);
        if (isSame)
        {
            await ShouldBeUsedUpAsync(() => neighbour.SendAsync("GET", "/customers"));
        }
        else
        {
            (await neighbour.SendAsync("GET", "/customers")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
        using var installer = fixture.NewInstaller(address: one);
        await installer.GetAsync("/customers", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Quotes_and_logins_have_smaller_budgets_of_their_own()
    {
        using var anonymous = fixture.ClientAt("192.0.2.1");
        using var quotes = await UntilRefusedAsync(anonymous, "/loan-offers/quote", QuotesPerMinute, HttpStatusCode.OK, Quote);
        Left(quotes, "quotes").Remaining.ShouldBe(0);
        Left(quotes, "address").Remaining.ShouldBeGreaterThan(0);
        (await anonymous.SendAsync("POST", "/auth/login", "{}")).Status.ShouldBe(HttpStatusCode.BadRequest);
        using var installer = fixture.NewInstaller(address: "192.0.2.1");
        await installer.PostAsync("/loan-offers/quote", Quote, HttpStatusCode.OK);

        using var guessing = fixture.ClientAt("192.0.2.2");
        using var logins = await UntilRefusedAsync(guessing, "/auth/login", AuthenticationPerMinute, HttpStatusCode.BadRequest, new { });
        Left(logins, "authentication").Remaining.ShouldBe(0);
        await guessing.PostAsync("/loan-offers/quote", Quote, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Health_is_told_to_whoever_asks_however_often()
    {
        using var anonymous = fixture.ClientAt("192.0.2.3");
        for (var number = 0; number < 2 * AddressPerMinute; number++)
        {
            using var answer = await anonymous.GetAsync(new Uri("/health/live", UriKind.Relative));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.Contains("RateLimit").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_budget_of_zero_is_no_limit()
    {
        var settings = (
            (string[])["Authentication", "Registration", "PasswordReset", "Quotes", "Caller", "Organization", "Address"]
        ).ToDictionary(name => $"RateLimits:{name}PerMinute", string? (_) => "0");
        var host = new HostFixture { Settings = settings };
        await using (host)
        {
            await host.InitializeAsync();
            using var answer = await SendAsync(host.Administrator, "GET", "/organizations");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.Contains("RateLimit").ShouldBeFalse();
            answer.Headers.Contains("RateLimit-Policy").ShouldBeFalse();
        }
    }

    // A request may be allowed again meanwhile, on a slow machine another one; a budget that is not used up allows many.
    private static async Task ShouldBeUsedUpAsync(Func<Task<Answer>> call)
    {
        var answers = new List<HttpStatusCode>();
        while (answers.Count < 5 && !answers.Contains(HttpStatusCode.TooManyRequests))
        {
            answers.Add((await call()).Status);
        }
        answers.ShouldContain(HttpStatusCode.TooManyRequests);
    }

    // A request comes back while the test runs, so it may be refused a little later than the budget says, and never earlier.
    private static async Task<HttpResponseMessage> UntilRefusedAsync(
        HttpClient client,
        string path,
        int budget,
        HttpStatusCode before = HttpStatusCode.OK,
        object? body = null
    )
    {
        for (var number = 0; number < 3 * budget; number++)
        {
            var answer = await SendAsync(client, body is null ? "GET" : "POST", path, body);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return answer;
            }
            answer.StatusCode.ShouldBe(before);
            answer.Dispose();
        }
        throw new InvalidOperationException($"{3 * budget} requests were answered, and {budget} in a minute are allowed.");
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1{path}");
        request.Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body);
        return await client.SendAsync(request);
    }

    private static (int Remaining, int Seconds) Left(HttpResponseMessage answer, string budget)
    {
        var state = State()
            .Matches(answer.Headers.GetValues("RateLimit").ShouldHaveSingleItem())
            .Single(match => match.Groups["name"].Value == budget);
        return (Number("r"), Number("t"));

        int Number(string group) => int.Parse(state.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("\"(?<name>[a-z-]+)\";r=(?<r>[0-9]+);t=(?<t>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex State();

    /// <summary>
    /// A host with small budgets, behind a proxy that tells where a request comes from. Most of its people have tokens and no accounts, so making them uses
    /// up nothing.
    /// </summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private readonly HostFixture host = new()
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["RateLimits:CallerPerMinute"] = $"{CallerPerMinute}",
                ["RateLimits:OrganizationPerMinute"] = $"{OrganizationPerMinute}",
                ["RateLimits:AddressPerMinute"] = $"{AddressPerMinute}",
                ["RateLimits:QuotesPerMinute"] = $"{QuotesPerMinute}",
                ["RateLimits:AuthenticationPerMinute"] = $"{AuthenticationPerMinute}",
                ["Proxies:Known:0"] = "127.0.0.1",
            },
        };

        public ValueTask InitializeAsync() => host.InitializeAsync();

        public ValueTask DisposeAsync() => host.DisposeAsync();

        public HttpClient ClientAt(string address)
        {
            var client = host.NewClient();
            client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
            return client;
        }

        public HttpClient NewInstaller(Guid? organizationId = null, string address = "203.0.113.1") =>
            NewClient(Persons.Installer(organizationId ?? Unique.Id()), CustomersPermission.CustomersRead, address);

        public async Task<HttpClient> NewAdministratorAsync()
        {
            var world = new World(host);
            return await world.CreateAdministratorAsync(await world.CreateOrganizationAsync());
        }

        public Task<HttpClient> NewKeyAsync(HttpClient administrator) =>
            new World(host).CreateKeyAsync(administrator, [CustomersPermission.CustomersRead]);

        public HttpClient NewCustomer() => NewClient(Persons.Customer(Unique.Id(), Unique.Id()), LoansPermission.OffersRead, "203.0.113.1");

        private HttpClient NewClient(AccessTokenSubject person, string permission, string address) =>
            ClientAt(address)
                .WithToken(
                    AccessTokens.Create(
                        host.App.Services.GetRequiredService<IOptions<AccessTokenOptions>>().Value,
                        TimeProvider.System,
                        person with
                        {
                            Permissions = [.. person.Permissions, permission],
                        }
                    )
                );
    }
}
