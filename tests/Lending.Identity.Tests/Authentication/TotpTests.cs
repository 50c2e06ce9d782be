using System.Net;
using Lending.Identity.SecondFactors;
using Lending.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Lending.Identity.Tests.Authentication;

/// <summary>Codes of an authenticator app and recovery codes. Each test has its own host, whose clock it moves.</summary>
public sealed class TotpTests : IAsyncLifetime
{
    private ModuleHost own = null!;

    public async ValueTask InitializeAsync() => own = await IdentityFixture.StartAsync();

    public ValueTask DisposeAsync() => own.DisposeAsync();

    [Fact]
    public async Task A_login_needs_a_code_once_an_app_is_confirmed()
    {
        var owner = await FactorOwner.RegisterAsync(own);
        var setup = await owner.Client.PostAsync("/users/me/totp", null, HttpStatusCode.OK);
        setup["uri"]!.ShouldStartWith("otpauth://totp/Lending");
        setup["uri"]!.ShouldContain(setup["secret"]!);
        setup["qrCode"]!.ShouldStartWith("<svg");
        (await owner.LogInAsync()).Status.ShouldBe(HttpStatusCode.OK, "not confirmed yet");

        await owner.SetTotpUpAsync();
        owner.RecoveryCodes.Distinct().Count().ShouldBe(10);
        var asked = await owner.LogInAsync();
        asked.Status.ShouldBe(HttpStatusCode.Accepted);
        asked.Text.ShouldNotContain("Token");
        asked["passkeyOptions"].ShouldBeEmpty();
        var session = await owner.GiveAsync(new { challenge = asked["challenge"], code = owner.NextCode() });
        session.Status.ShouldBe(HttpStatusCode.OK, session.Text);
        var token = new JsonWebToken(session["accessToken"]);
        token.GetClaim("mfa").Value.ShouldBe("true");
        long.Parse(token.GetClaim("proved_at").Value, System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeGreaterThan(own.Clock.GetUtcNow().AddMinutes(-1).ToUnixTimeSeconds());
        var factors = await owner.Client.GetAsync("/users/me/second-factors", HttpStatusCode.OK);
        (factors["totp"], factors["recoveryCodesLeft"]).ShouldBe(("True", "10"));
    }

    [Fact]
    public async Task The_audit_log_gives_no_users_id_as_that_of_a_recovery_code()
    {
        await FactorOwner.WithTotpAsync(own);

        var told = await own.ReadSqlAsync(
            "SELECT count(*) || ' ' || count(entity_id) FROM audit.entries WHERE entity_type = 'RecoveryCode' AND action = 'CREATE'"
        );
        told.ShouldBe("1 0");
    }

    [Fact]
    public async Task With_the_first_factor_other_sessions_and_earlier_access_tokens_end_and_this_session_goes_on()
    {
        var owner = await FactorOwner.RegisterAsync(own);
        var other = await owner.LogInAsync();
        var before = new HttpClient { BaseAddress = own.Client.BaseAddress }.WithToken(other["accessToken"]!);
        await owner.SetTotpUpAsync();
        own.Clock.Advance(TimeSpan.FromSeconds(29));
        (await before.SendAsync("GET", "/users/me")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await own.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken = other["refreshToken"] })).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        await owner.RefreshAsync();
        await owner.Client.GetAsync("/users/me", HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_code_is_taken_once_also_where_it_confirmed_the_app()
    {
        own.Clock.Stop();
        var owner = await FactorOwner.WithTotpAsync(own);
        (await owner.GiveAsync(new { challenge = await owner.StartLoginAsync(), code = owner.Code() })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "wrong-second-factor"
        );
        var code = owner.NextCode();
        (await owner.GiveAsync(new { challenge = await owner.StartLoginAsync(), code })).Status.ShouldBe(HttpStatusCode.OK);
        (await owner.GiveAsync(new { challenge = await owner.StartLoginAsync(), code })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "wrong-second-factor"
        );
    }

    [Fact]
    public async Task Of_eight_who_race_with_one_code_exactly_one_wins()
    {
        var owner = await FactorOwner.WithTotpAsync(own);
        for (var round = 0; round < 5; round++)
        {
            var challenges = new List<string>();
            for (var i = 0; i < 4; i++)
            {
                challenges.Add(await owner.StartLoginAsync());
            }
            var code = owner.NextCode();
            // Two with each challenge, so that it is raced for, too.
            var answers = await Task.WhenAll(challenges.Concat(challenges).Select(challenge => owner.GiveAsync(new { challenge, code })));
            answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
            await own.ExecuteSqlAsync("UPDATE identity.users SET access_failed_count = 0, lockout_end = NULL");
        }
    }

    [Fact]
    public async Task A_challenge_has_five_tries_and_five_minutes_and_works_once()
    {
        var owner = await FactorOwner.WithTotpAsync(own);
        var challenge = await owner.StartLoginAsync();
        own.Clock.Advance(TimeSpan.FromMinutes(5));
        (await owner.GiveAsync(new { challenge, code = owner.Code() })).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-challenge");

        challenge = await owner.StartLoginAsync();
        var code = owner.NextCode();
        (await owner.GiveAsync(new { challenge, code })).Status.ShouldBe(HttpStatusCode.OK);
        (await owner.GiveAsync(new { challenge, code = owner.NextCode() })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-challenge"
        );

        challenge = await owner.StartLoginAsync();
        for (var i = 0; i < 5; i++)
        {
            (await owner.GiveAsync(new { challenge, code = "000000" })).ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-second-factor");
        }
        (await owner.GiveAsync(new { challenge, code = owner.NextCode() })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-challenge"
        );
        (await owner.GiveAsync(new { challenge = "made-up", code = owner.NextCode() })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-challenge"
        );
    }

    [Fact]
    public async Task Wrong_codes_lock_the_account_and_the_right_password_in_between_does_not_help()
    {
        var owner = await FactorOwner.WithTotpAsync(own);
        for (var i = 0; i < 5; i++)
        {
            await owner.GiveAsync(new { challenge = await owner.StartLoginAsync(), code = "000000" });
        }
        (await owner.LogInAsync()).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
        own.Clock.Advance(TimeSpan.FromMinutes(15));
        (await owner.GiveAsync(new { challenge = await owner.StartLoginAsync(), code = owner.NextCode() })).Status.ShouldBe(
            HttpStatusCode.OK
        );
    }

    [Fact]
    public async Task A_changed_password_ends_a_login_that_waits_for_its_second_factor()
    {
        var owner = await FactorOwner.WithTotpAsync(own);
        var challenge = await owner.StartLoginAsync();
        await owner.Client.PostAsync(
            "/users/me/password",
            new
            {
                currentPassword = owner.Body.password,
                password = IdentityFixture.OtherPassword,
                passwordConfirm = IdentityFixture.OtherPassword,
            },
            HttpStatusCode.NoContent
        );
        (await owner.GiveAsync(new { challenge, code = owner.NextCode() })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-challenge"
        );
    }

    [Fact]
    public async Task A_recovery_code_works_once_in_any_case_and_new_ones_replace_the_old()
    {
        var owner = await FactorOwner.WithTotpAsync(own);
        var (first, second) = (owner.RecoveryCodes[0], owner.RecoveryCodes[1]);
        async Task<HttpStatusCode> LogInWithAsync(string recoveryCode) =>
            (await owner.GiveAsync(new { challenge = await owner.StartLoginAsync(), recoveryCode })).Status;

        (await LogInWithAsync(first.ToLowerInvariant())).ShouldBe(HttpStatusCode.OK);
        (await LogInWithAsync(first)).ShouldBe(HttpStatusCode.Unauthorized);
        owner.KeepCodes(await owner.Client.PostAsync("/users/me/recovery-codes", null, HttpStatusCode.OK));
        (await LogInWithAsync(second)).ShouldBe(HttpStatusCode.Unauthorized);
        (await LogInWithAsync(owner.RecoveryCodes[9])).ShouldBe(HttpStatusCode.OK);
        var challenges = new[] { await owner.StartLoginAsync(), await owner.StartLoginAsync(), await owner.StartLoginAsync() };
        var raced = await Task.WhenAll(
            challenges.Select(challenge => owner.GiveAsync(new { challenge, recoveryCode = owner.RecoveryCodes[8] }))
        );
        raced.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
    }

    [Fact]
    public async Task Of_recovery_codes_that_are_made_at_once_only_the_last_work()
    {
        var owner = await FactorOwner.WithTotpAsync(own);

        var made = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => owner.Client.PostAsync("/users/me/recovery-codes", null, HttpStatusCode.OK))
        );

        var works = 0;
        foreach (var answer in made)
        {
            owner.KeepCodes(answer);
            var login = await owner.GiveAsync(new { challenge = await owner.StartLoginAsync(), recoveryCode = owner.RecoveryCodes[0] });
            works += login.Status == HttpStatusCode.OK ? 1 : 0;
        }
        works.ShouldBe(1);
    }

    [Fact]
    public async Task An_app_that_is_set_up_several_times_at_once_waits_for_one_code()
    {
        var owner = await FactorOwner.RegisterAsync(own);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => owner.Client.PostAsync("/users/me/totp", null, HttpStatusCode.OK)));

        await owner.SetTotpUpAsync();
    }

    [Fact]
    public async Task Deleting_the_app_needs_a_fresh_second_factor_and_takes_the_recovery_codes_along()
    {
        var owner = await FactorOwner.WithTotpAsync(own);
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        (await owner.Client.SendAsync("DELETE", "/users/me/totp")).ShouldBeProblem(HttpStatusCode.Forbidden, "step-up-required");
        (await owner.Client.SendAsync("POST", "/users/me/recovery-codes")).ShouldBeProblem(HttpStatusCode.Forbidden, "step-up-required");
        (await owner.Client.SendAsync("POST", "/users/me/totp")).ShouldBeProblem(HttpStatusCode.Forbidden, "step-up-required");
        (await owner.Client.SendAsync("POST", "/users/me/passkeys/challenge")).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "step-up-required"
        );

        var fresh = await owner.Client.PostAsync("/users/me/step-up", new { code = owner.NextCode() }, HttpStatusCode.OK);
        owner.Client.WithToken(fresh["accessToken"]!);
        (await owner.Client.SendAsync("POST", "/users/me/totp")).ShouldBeProblem(HttpStatusCode.Conflict, "totp-active");
        await owner.Client.ExpectAsync("DELETE", "/users/me/totp", null, HttpStatusCode.NoContent);
        (await owner.Client.SendAsync("DELETE", "/users/me/totp")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await owner.Client.SendAsync("POST", "/users/me/recovery-codes")).ShouldBeProblem(HttpStatusCode.Conflict, "no-second-factor");
        (await owner.LogInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await own.ReadSqlAsync("SELECT count(*) FROM identity.recovery_codes")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_step_up_keeps_the_session_counts_failures_and_is_remembered_by_it()
    {
        var owner = await FactorOwner.WithTotpAsync(own);
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        (await owner.Client.SendAsync("POST", "/users/me/step-up", new { code = "000000" })).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "wrong-second-factor"
        );
        var before = new JsonWebToken(owner.Client.DefaultRequestHeaders.Authorization!.Parameter);
        var fresh = new JsonWebToken(
            (await owner.Client.PostAsync("/users/me/step-up", new { code = owner.NextCode() }, HttpStatusCode.OK))["accessToken"]
        );
        fresh.GetClaim("sid").Value.ShouldBe(before.GetClaim("sid").Value);
        await owner.RefreshAsync();
        await owner.Client.PostAsync("/users/me/recovery-codes", null, HttpStatusCode.OK);
        // Five on the device, which is trusted no longer then, and five for the account.
        for (var i = 0; i < 10; i++)
        {
            (await owner.Client.SendAsync("POST", "/users/me/step-up", new { code = "000000" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        }
        (await owner.Client.SendAsync("POST", "/users/me/step-up", new { code = owner.NextCode() })).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "wrong-second-factor"
        );
    }

    [Fact]
    public async Task Nothing_of_it_is_stored_in_a_form_that_could_be_used()
    {
        var owner = await FactorOwner.RegisterAsync(own);
        var setup = await owner.Client.PostAsync("/users/me/totp", null, HttpStatusCode.OK);
        var stored = (byte[])(await own.ReadSqlAsync("SELECT secret FROM identity.totp_authenticators"))!;
        stored.AsSpan().IndexOf(OtpNet.Base32Encoding.ToBytes(setup["secret"])).ShouldBe(-1);
        stored.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(setup["secret"]!)).ShouldBe(-1);
        await owner.SetTotpUpAsync();
        var challenge = await owner.StartLoginAsync();
        var rows = (string)
            (
                await own.ReadSqlAsync(
                    "SELECT (SELECT string_agg(row::text, ' ') FROM identity.recovery_codes AS row) || (SELECT string_agg(row::text, ' ') FROM identity.challenges AS row)"
                )
            )!;
        rows.ShouldNotContain(challenge);
        owner.RecoveryCodes.ShouldAllBe(code => !rows.Contains(code, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("ADMIN")]
    [InlineData("UNDERWRITER")]
    public async Task A_role_that_needs_a_second_factor_gets_in_to_set_one_up_and_no_further(string role)
    {
        var tiers = $"/organizations/{Identity.Organizations.Organization.DefaultId}/approval-tiers";
        await using var strict = await IdentityFixture.StartAsync(services =>
            services.Configure<SecondFactorOptions>(settings => settings.RequiredRoles = [role])
        );
        await strict.ExecuteSqlAsync($"UPDATE identity.users SET role = '{role}' WHERE username = 'chief'");
        var session = await strict.Client.PostAsync(
            "/auth/login",
            new { username = "chief", password = IdentityFixture.AdminPassword },
            HttpStatusCode.OK
        );
        session["secondFactorMissing"].ShouldBe("True");
        var chief = new FactorOwner(strict, new AccountBody("chief", "", IdentityFixture.AdminPassword, ""));
        chief.Enter(session);
        (await chief.Client.SendAsync("GET", tiers)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        await chief.Client.GetAsync("/users/me", HttpStatusCode.OK);
        await chief.RefreshAsync();
        (await chief.Client.SendAsync("GET", tiers)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");

        await chief.SetTotpUpAsync();
        await chief.Client.GetAsync(tiers, HttpStatusCode.OK);
        (await chief.GiveAsync(new { challenge = await chief.StartLoginAsync(), code = chief.NextCode() }))["secondFactorMissing"]
            .ShouldBe("False");
        (await (await FactorOwner.RegisterAsync(strict)).LogInAsync())["secondFactorMissing"].ShouldBe("False", "customers need none");
    }

    [Theory]
    [InlineData("Development", "")]
    [InlineData("Staging", "ADMIN UNDERWRITER")]
    [InlineData("Production", "ADMIN UNDERWRITER")]
    public void Outside_Development_administrators_and_underwriters_need_one_if_nothing_else_is_set(string environment, string roles)
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        new IdentityModule().AddServices(services, new HostingEnvironment { EnvironmentName = environment });
        using var provider = services.BuildServiceProvider();

        string.Join(' ', provider.GetRequiredService<IOptions<SecondFactorOptions>>().Value.RequiredRoles!).ShouldBe(roles);
    }

    [Fact]
    public async Task Bad_input_is_refused()
    {
        var owner = await FactorOwner.RegisterAsync(own);
        (await owner.Client.SendAsync("POST", "/users/me/totp/confirmation", new { code = "000000" })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "totp-not-started"
        );
        await owner.Client.PostAsync("/users/me/totp", null, HttpStatusCode.OK);
        (await owner.Client.SendAsync("POST", "/users/me/totp/confirmation", new { code = "000000" })).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "wrong-second-factor"
        );
        foreach (var path in (string[])["/users/me/totp/confirmation", "/users/me/step-up", "/users/me/passkeys"])
        {
            await owner.Client.ShouldBeRefusedAsync("POST", path);
        }
        await own.Client.ShouldBeRefusedAsync("POST", "/auth/login/second-factor");
        await own.Client.ShouldBeRefusedAsync("POST", "/auth/login/passkey");
        await own.Client.ShouldRefuseAsync(
            "POST",
            "/auth/login/second-factor",
            new { challenge = "x", code = "000000" },
            ("challenge", BadFields.Missing, "not-empty"),
            ("challenge", new string('x', 44), "maximum-length"),
            ("code", BadFields.Missing, "one-second-factor"),
            ("code", new string('1', 33), "maximum-length"),
            ("code", 123456, "wrong-type"),
            ("passkey", "text", "wrong-type"),
            ("extra", 1, "unknown-member")
        );
    }
}
