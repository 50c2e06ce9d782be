using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Lending.Identity.SingleSignOn;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Lending.Identity.Tests.SingleSignOn;

/// <summary>Logins at an organisation's own identity provider, and who does not get in by them.</summary>
public sealed class SignOnTests(IdentityFixture host, TestProvider provider) : IClassFixture<TestProvider>, IAsyncLifetime
{
    private const string Start = "/auth/oidc/start";
    private const string Callback = "/auth/oidc/callback";

    private readonly string domain = $"{Unique.Text()}.example.org";
    private Guid organizationId;
    private LoggedIn administrator = null!;

    private string Path => $"/organizations/{organizationId}/identity-provider";

    public async ValueTask InitializeAsync()
    {
        provider.Forge = token => token;
        organizationId = await host.NewOrganizationAsync();
        administrator = await host.NewUserAsync("ADMIN", organizationId, $"chief@{domain}");
        var put = await administrator.Client.ExpectAsync("PUT", Path, Configuration(), HttpStatusCode.OK);
        await provider.RegisterAsync(new Uri(put["redirectUri"]!));
        provider.Person = (administrator.Email, IsVerified: true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Staff_log_in_at_their_own_provider()
    {
        var begun = await BeginAsync();
        var sent = HttpUtility.ParseQueryString(begun.Url.Query);
        sent["redirect_uri"].ShouldBe("http://localhost:5080/login/callback", "from configuration, whatever the request's host");
        sent["code_challenge_method"].ShouldBe("S256");
        sent["scope"].ShouldBe("openid email");

        var session = await FinishAsync(begun, await VisitAsync(begun));

        session.Status.ShouldBe(HttpStatusCode.OK, session.Text);
        session["user.id"].ShouldBe(administrator.Id.ToString());
        session["user.organizationId"].ShouldBe(organizationId.ToString());
        await host.ClientWith(session["accessToken"]!).GetAsync("/users/me", HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_state_works_once_for_ten_minutes_and_in_its_own_browser()
    {
        var begun = await BeginAsync();
        var code = await VisitAsync(begun);
        (await FinishAsync(begun, code)).Status.ShouldBe(HttpStatusCode.OK);
        ShouldBeRefused(await FinishAsync(begun, code));

        var late = await BeginAsync();
        var lateCode = await VisitAsync(late);
        await host.Host.ExecuteSqlAsync(
            $"UPDATE identity.sign_ons SET expires_at = now() - interval '1 second' WHERE organization_id = '{organizationId}'"
        );
        ShouldBeRefused(await FinishAsync(late, lateCode));

        // A link that an attacker made with a login of their own.
        var victim = await BeginAsync();
        var attacker = await BeginAsync();
        var attackersCode = await VisitAsync(attacker);
        ShouldBeRefused(await FinishAsync(attacker with { LoginToken = victim.LoginToken }, attackersCode));
        ShouldBeRefused(await FinishAsync(attacker, attackersCode));
        ShouldBeRefused(await FinishAsync(victim with { State = "made-up" }, attackersCode));
    }

    [Fact]
    public async Task Two_who_come_with_the_same_state_get_one_session()
    {
        var begun = await BeginAsync();
        var code = await VisitAsync(begun);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FinishAsync(begun, code)));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
    }

    [Fact]
    public async Task A_code_of_another_login_is_refused()
    {
        var attacker = await BeginAsync();
        var victimsCode = await VisitAsync(await BeginAsync());

        ShouldBeRefused(await FinishAsync(attacker, victimsCode));
        ShouldBeRefused(await FinishAsync(await BeginAsync(), "made-up"));
    }

    [Fact]
    public async Task The_audit_log_tells_the_providers_organisation_of_those_who_did_not_get_in()
    {
        var begun = await BeginAsync();
        ShouldBeRefused(await FinishAsync(begun with { LoginToken = "another browser's" }, await VisitAsync(begun)));
        provider.Person = ($"nobody@{domain}", IsVerified: true);
        ShouldBeRefused(await LogInAsync());

        var told = await host.Host.ReadSqlAsync(
            $"SELECT count(*) FROM audit.entries WHERE action = 'FAILURE' AND operation = 'finishSignOn' AND organization_id = '{organizationId}'"
        );
        told.ShouldBe(2L);
    }

    [Fact]
    public async Task Only_active_staff_of_the_organisation_with_a_verified_email_of_its_domains_get_in()
    {
        var other = await host.NewOrganizationAsync();
        var foreign = await host.NewUserAsync("INSTALLER", other, $"elsewhere@{domain}");
        var inactive = await host.NewUserAsync("INSTALLER", organizationId, $"gone@{domain}");
        await administrator.Client.ExpectAsync("PATCH", $"/users/{inactive.Id}", new { active = false }, HttpStatusCode.OK);
        var otherDomain = await host.NewUserAsync("INSTALLER", organizationId, Unique.Email());
        (string Email, bool IsVerified)[] refused =
        [
            (administrator.Email, false),
            (foreign.Email, true),
            (inactive.Email, true),
            (otherDomain.Email, true),
            ($"nobody@{domain}", true),
            ($"chief@sub.{domain}", true),
            ($"chief@{domain}@elsewhere.example", true),
            (domain, true),
            ("", true),
        ];

        foreach (var person in refused)
        {
            provider.Person = person;
            ShouldBeRefused(await LogInAsync(), person.Email);
        }

        provider.Person = (administrator.Email.ToUpperInvariant(), true);
        (await LogInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        await administrator.Client.ExpectAsync("PUT", Path, Configuration(active: false), HttpStatusCode.OK);
        (await host.Client.SendAsync("POST", Start, new { email = administrator.Email })).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "no-identity-provider"
        );
    }

    [Fact]
    public async Task A_customer_does_not_log_in_as_staff()
    {
        var email = $"customer@{domain}";
        await host.NewUserAsync("INSTALLER", organizationId, email);
        await host.Host.ExecuteSqlAsync($"UPDATE identity.users SET role = 'CUSTOMER' WHERE email = '{email}'");
        provider.Person = (email, true);

        ShouldBeRefused(await LogInAsync());
    }

    [Fact]
    public async Task An_id_token_that_is_not_exactly_what_the_provider_should_say_is_refused()
    {
        var rogue = new RsaSecurityKey(RSA.Create(2048)) { KeyId = "test" };
        var secret = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(provider.ClientSecret)) { KeyId = "test" };
        // Signed by the provider's own key, which the first of them shows to work.
        (await LogInAsync(token => Sign(token, provider.Key))).Status.ShouldBe(HttpStatusCode.OK);
        (string What, Func<string, string> Forge)[] forgeries =
        [
            ("the nonce of another login", token => Sign(token, provider.Key, claims => claims["nonce"] = "another")),
            ("no nonce", token => Sign(token, provider.Key, claims => claims.Remove("nonce"))),
            ("another audience", token => Sign(token, provider.Key, claims => claims["aud"] = "another")),
            ("another issuer", token => Sign(token, provider.Key, claims => claims["iss"] = "https://evil.example.org/")),
            ("expired", token => Sign(token, provider.Key, claims => claims["exp"] = 1_700_000_000)),
            ("no expiry", token => Sign(token, provider.Key, claims => claims.Remove("exp"))),
            ("not yet", token => Sign(token, provider.Key, claims => claims["nbf"] = 4_000_000_000)),
            ("verified as a word", token => Sign(token, provider.Key, claims => claims["email_verified"] = "perhaps")),
            ("another key", token => Sign(token, rogue)),
            ("the client's secret as a key", token => Sign(token, secret, algorithm: SecurityAlgorithms.HmacSha256)),
            ("changed", token => Tamper(token)),
            ("no signature", token => $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{token.Split('.')[1]}."),
            ("cut off", token => token[..^10]),
            ("nothing", _ => ""),
            ("no token", _ => "not.a.token"),
        ];

        foreach (var (what, forge) in forgeries)
        {
            ShouldBeRefused(await LogInAsync(forge), what);
        }
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_or_speaks_for_another_is_said_to_be_so()
    {
        await administrator.Client.ExpectAsync("PUT", Path, Configuration("http://127.0.0.1:1/"), HttpStatusCode.OK);
        await ShouldBeUnreachableAsync();
        // The document is found there, and says another issuer.
        await administrator.Client.ExpectAsync("PUT", Path, Configuration(provider.Authority.TrimEnd('/')), HttpStatusCode.OK);
        await ShouldBeUnreachableAsync();

        async Task ShouldBeUnreachableAsync() =>
            (await host.Client.SendAsync("POST", Start, new { email = administrator.Email })).ShouldBeProblem(
                HttpStatusCode.ServiceUnavailable,
                "identity-provider-unreachable"
            );
    }

    [Fact]
    public async Task Outside_Development_providers_are_reached_over_https_only()
    {
        var production = ActivatorUtilities.CreateInstance<ProviderConfigurations>(
            host.Host.Services,
            new HostingEnvironment { EnvironmentName = Environments.Production }
        );

        production.RequiresHttps.ShouldBeTrue();
        (await production.FindAsync(provider.Authority, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task The_secret_is_answered_to_nobody_and_not_stored_in_clear()
    {
        var read = await administrator.Client.GetAsync(Path, HttpStatusCode.OK);
        read.Text.ShouldNotContain(provider.ClientSecret);
        read["clientId"].ShouldBe(TestProvider.ClientId);
        read["authority"].ShouldBe(provider.Authority);
        var row = await host.Host.ReadSqlAsync(
            $"SELECT row::text FROM identity.identity_providers row WHERE organization_id = '{organizationId}'"
        );
        ((string)row!).ShouldNotContain(provider.ClientSecret);

        // Left out, it stays; but it is not sent to another address than it was given for.
        await administrator.Client.ExpectAsync("PUT", Path, WithoutSecret(provider.Authority), HttpStatusCode.OK);
        (await LogInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await administrator.Client.SendAsync("PUT", Path, WithoutSecret("https://evil.example.org"))).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "client-secret-missing"
        );

        object WithoutSecret(string authority) =>
            new
            {
                authority,
                clientId = TestProvider.ClientId,
                emailDomains = new[] { domain },
            };
    }

    [Fact]
    public async Task A_domain_belongs_to_one_organisation_and_is_bound_by_who_has_an_email_there()
    {
        var other = await host.NewOrganizationAsync();
        var rival = await host.NewUserAsync("ADMIN", other, $"chief@rival-{domain}");
        var path = $"/organizations/{other}/identity-provider";
        (await rival.Client.SendAsync("PUT", path, Configuration())).ShouldBeProblem(HttpStatusCode.Forbidden, "foreign-domain");
        (await host.PlatformAdmin.SendAsync("PUT", path, Configuration())).ShouldBeProblem(HttpStatusCode.Conflict, "domain-taken");
        await rival.Client.GetAsync(path, HttpStatusCode.NotFound);
        await rival.Client.GetAsync(Path, HttpStatusCode.NotFound);
        (await rival.Client.SendAsync("DELETE", Path)).Status.ShouldBe(HttpStatusCode.NotFound);

        await administrator.Client.ExpectAsync("DELETE", Path, null, HttpStatusCode.NoContent);

        await host.PlatformAdmin.ExpectAsync("PUT", path, Configuration(), HttpStatusCode.OK);
        (await administrator.Client.SendAsync("PUT", Path, Configuration())).ShouldBeProblem(HttpStatusCode.Conflict, "domain-taken");
    }

    [Theory]
    [InlineData("authority", "login.example.org")]
    [InlineData("authority", "ftp://login.example.org")]
    [InlineData("authority", "https://user@login.example.org")]
    [InlineData("authority", "https://login.example.org/?x=1")]
    [InlineData("authority", "https://login.example.org/#x")]
    [InlineData("clientId", "")]
    [InlineData("clientSecret", "")]
    public async Task A_wrong_field_is_named(string field, string value)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(Configuration())!;
        body[field] = value;

        (await administrator.Client.SendAsync("PUT", Path, body.ToJsonString()))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe([field]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("[\"\"]")]
    [InlineData("[\"no domain\"]")]
    [InlineData("[\"localhost\"]")]
    [InlineData("[\"@example.org\"]")]
    public async Task Wrong_domains_are_named(string domains)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(Configuration())!;
        body["emailDomains"] = JsonNode.Parse(domains);

        (await administrator.Client.SendAsync("PUT", Path, body.ToJsonString()))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldHaveSingleItem()
            .ShouldStartWith("emailDomains");
    }

    private object Configuration(string? authority = null, bool active = true) =>
        new
        {
            authority = authority ?? provider.Authority,
            clientId = TestProvider.ClientId,
            clientSecret = provider.ClientSecret,
            emailDomains = new[] { domain.ToUpperInvariant() },
            active,
        };

    private async Task<Answer> LogInAsync(Func<string, string>? forge = null)
    {
        provider.Forge = forge ?? (token => token);
        var begun = await BeginAsync();
        var answer = await FinishAsync(begun, await VisitAsync(begun));
        provider.Forge = token => token;
        return answer;
    }

    private async Task<Begun> BeginAsync()
    {
        var begun = await host.Client.PostAsync(Start, new { email = administrator.Email }, HttpStatusCode.OK);
        var url = new Uri(begun["authorizationUrl"]!);
        return new Begun(url, HttpUtility.ParseQueryString(url.Query)["state"]!, begun["loginToken"]!);
    }

    private static async Task<string> VisitAsync(Begun begun)
    {
        var (code, state) = await TestProvider.VisitAsync(begun.Url);
        state.ShouldBe(begun.State);
        return code;
    }

    private Task<Answer> FinishAsync(Begun begun, string code) =>
        host.Client.SendAsync(
            "POST",
            Callback,
            new
            {
                code,
                state = begun.State,
                loginToken = begun.LoginToken,
            }
        );

    private static void ShouldBeRefused(Answer answer, string? what = null)
    {
        answer.Status.ShouldBe(HttpStatusCode.Unauthorized, what);
        answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-sign-on");
    }

    private static string Sign(
        string token,
        SecurityKey key,
        Action<JsonObject>? change = null,
        string algorithm = SecurityAlgorithms.RsaSha256
    )
    {
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(token.Split('.')[1]))!.AsObject();
        change?.Invoke(claims);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            claims.ToJsonString(),
            new SigningCredentials(key, algorithm)
        );
    }

    private static string Tamper(string token)
    {
        var parts = token.Split('.');
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(parts[1]))!.AsObject();
        claims["name"] = "somebody else";
        return $"{parts[0]}.{Encode(claims.ToJsonString())}.{parts[2]}";
    }

    private static string Encode(string text) => Base64UrlEncoder.Encode(text);

    private sealed record Begun(Uri Url, string State, string LoginToken);
}
