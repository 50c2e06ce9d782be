using System.Net;
using Lending.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Lending.Identity.Tests.Authentication;

/// <summary>Whoever makes somebody log in with what they themselves chose or own has nothing of the session that begins.</summary>
public sealed class SessionFixationTests : IAsyncLifetime
{
    private ModuleHost own = null!;
    private FactorOwner attacker = null!;
    private FactorOwner victim = null!;

    public async ValueTask InitializeAsync()
    {
        own = await IdentityFixture.StartAsync();
        attacker = await FactorOwner.RegisterAsync(own);
        victim = await FactorOwner.RegisterAsync(own);
    }

    public ValueTask DisposeAsync() => own.DisposeAsync();

    [Fact]
    public async Task Each_login_has_a_session_and_a_refresh_token_of_its_own()
    {
        var first = await LogInAsync(victim);
        var second = await LogInAsync(victim, first["deviceToken"]);

        second["deviceToken"].ShouldBe(first["deviceToken"]);
        SessionOf(second).ShouldNotBe(SessionOf(first));
        second["refreshToken"].ShouldNotBe(first["refreshToken"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_device_token_that_an_attacker_chose_or_owns_is_not_trusted_afterwards(bool isOwned)
    {
        var planted = isOwned ? (await LogInAsync(attacker))["deviceToken"]! : new string('A', 43);

        var deviceToken = (await LogInAsync(victim, planted))["deviceToken"];

        deviceToken.ShouldNotBe(planted);
        for (var number = 0; number < 5; number++)
        {
            await own.Client.PostAsync(
                "/auth/login",
                new { victim.Body.username, password = IdentityFixture.OtherPassword },
                HttpStatusCode.Unauthorized
            );
        }
        await LogInAsync(victim, planted, HttpStatusCode.Unauthorized);
        await LogInAsync(victim, deviceToken);
    }

    [Fact]
    public async Task A_login_beside_somebody_elses_access_token_is_a_session_of_its_own()
    {
        using var browser = new HttpClient { BaseAddress = own.Client.BaseAddress };
        browser.WithToken(attacker.Client.DefaultRequestHeaders.Authorization!.Parameter!);

        var session = await browser.PostAsync("/auth/login", new { victim.Body.username, victim.Body.password }, HttpStatusCode.OK);

        session["user.username"].ShouldBe(victim.Body.username);
        session["refreshToken"].ShouldNotBe(attacker.RefreshToken);
        (await attacker.Client.GetAsync("/users/me", HttpStatusCode.OK))["username"].ShouldBe(attacker.Body.username);
        var refreshed = await own.Client.PostAsync("/auth/token/refresh", new { attacker.RefreshToken }, HttpStatusCode.OK);
        refreshed["user.username"].ShouldBe(attacker.Body.username);
        SessionOf(refreshed).ShouldNotBe(SessionOf(session));
    }

    [Theory]
    [InlineData("refreshToken")]
    [InlineData("sessionId")]
    public async Task A_login_takes_no_session_from_its_client(string member) => (
            await own.Client.SendAsync(
                "POST",
                "/auth/login",
                new Dictionary<string, string>
                {
                    ["username"] = victim.Body.username,
                    ["password"] = victim.Body.password,
                    [member] = attacker.RefreshToken,
                }
            )
        ).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe([member]);

    [Fact]
    public async Task A_challenge_logs_in_nobody_but_whose_password_it_was_given_for()
    {
        await attacker.SetTotpUpAsync();
        await victim.SetTotpUpAsync();
        var (ofAttacker, ofVictim) = (await attacker.StartLoginAsync(), await victim.StartLoginAsync());

        (
            await own.Client.SendAsync("POST", "/auth/login/second-factor", new { challenge = ofVictim, code = attacker.NextCode() })
        ).ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-second-factor");
        (await victim.GiveAsync(new { challenge = ofAttacker, code = victim.Code() })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "wrong-second-factor"
        );

        var session = await victim.GiveAsync(new { challenge = ofVictim, code = victim.Code() });
        session["user.username"].ShouldBe(victim.Body.username);
    }

    private Task<Answer> LogInAsync(FactorOwner who, string? deviceToken = null, HttpStatusCode expected = HttpStatusCode.OK) =>
        own.Client.PostAsync(
            "/auth/login",
            new
            {
                who.Body.username,
                who.Body.password,
                deviceToken,
            },
            expected
        );

    private static string SessionOf(Answer session) => new JsonWebToken(session["accessToken"]).GetClaim("sid").Value;
}
