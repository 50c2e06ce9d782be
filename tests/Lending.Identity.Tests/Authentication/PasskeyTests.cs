using System.Net;
using System.Text.Json.Nodes;
using Lending.Testing;

namespace Lending.Identity.Tests.Authentication;

/// <summary>Passkeys, as second factor and as a whole login, with an authenticator in the test's own process.</summary>
public sealed class PasskeyTests : IAsyncLifetime
{
    private readonly SoftwareAuthenticator authenticator = new();
    private ModuleHost own = null!;
    private FactorOwner owner = null!;

    public async ValueTask InitializeAsync()
    {
        own = await IdentityFixture.StartAsync();
        owner = await FactorOwner.RegisterAsync(own);
    }

    public async ValueTask DisposeAsync()
    {
        authenticator.Dispose();
        await own.DisposeAsync();
    }

    [Fact]
    public async Task A_registered_passkey_is_a_second_factor()
    {
        var registered = await RegisterAsync();
        registered.Status.ShouldBe(HttpStatusCode.OK, registered.Text);
        registered.Json.GetProperty("codes").GetArrayLength().ShouldBe(10);
        var asked = await owner.LogInAsync();
        asked.Status.ShouldBe(HttpStatusCode.Accepted);
        var session = await owner.GiveAsync(
            new { challenge = asked["challenge"], passkey = authenticator.Sign(asked.Json.GetProperty("passkeyOptions")) }
        );
        session.Status.ShouldBe(HttpStatusCode.OK, session.Text);
        owner.Enter(session);
        var factors = await owner.Client.GetAsync("/users/me/second-factors", HttpStatusCode.OK);
        var passkey = factors.Json.GetProperty("passkeys").EnumerateArray().Single();
        passkey.GetProperty("name").GetString().ShouldBe("My phone");
        passkey.GetProperty("lastUsedAt").ValueKind.ShouldNotBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task A_passkey_logs_in_alone()
    {
        await RegisterAsync();
        var challenge = await StartLoginAsync();
        var session = await LogInAsync(challenge, authenticator.Sign(challenge.Json.GetProperty("options")));
        session.Status.ShouldBe(HttpStatusCode.OK, session.Text);
        session["user.username"].ShouldBe(owner.Body.username);
    }

    [Fact]
    public async Task An_answer_works_once()
    {
        await RegisterAsync();
        var challenge = await StartLoginAsync();
        var answer = authenticator.Sign(challenge.Json.GetProperty("options"));
        (await LogInAsync(challenge, answer)).Status.ShouldBe(HttpStatusCode.OK);
        (await LogInAsync(challenge, answer)).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-challenge");
        (await LogInAsync(await StartLoginAsync(), answer)).ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-second-factor");

        challenge = await StartLoginAsync();
        answer = authenticator.Sign(challenge.Json.GetProperty("options"));
        var raced = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LogInAsync(challenge, answer)));
        raced.Count(session => session.Status == HttpStatusCode.OK).ShouldBe(1);
    }

    [Fact]
    public async Task A_passkey_that_comes_while_the_app_is_deleted_is_asked_for_at_login()
    {
        for (var round = 0; round < 6; round++)
        {
            var both = await FactorOwner.WithTotpAsync(own);
            using var another = new SoftwareAuthenticator();
            var passkey = await both.PasskeyAsync(another);

            var answers = await Task.WhenAll(
                both.Client.SendAsync("DELETE", "/users/me/totp"),
                both.Client.SendAsync("POST", "/users/me/passkeys", passkey)
            );

            answers[0].Status.ShouldBe(HttpStatusCode.NoContent, answers[0].Text);
            var isAsked = (await both.LogInAsync()).Status == HttpStatusCode.Accepted;
            isAsked.ShouldBe(answers[1].Status == HttpStatusCode.OK, answers[1].Text);
        }
    }

    [Fact]
    public async Task A_challenge_has_five_tries()
    {
        await RegisterAsync();
        var challenge = await StartLoginAsync();
        var options = challenge.Json.GetProperty("options");
        for (var number = 0; number < 5; number++)
        {
            (await LogInAsync(challenge, authenticator.Sign(options, challenge: "AAAAAAAAAAAAAAAAAAAAAA"))).ShouldBeProblem(
                HttpStatusCode.Unauthorized,
                "wrong-second-factor"
            );
        }
        (await LogInAsync(challenge, authenticator.Sign(options))).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-challenge");
    }

    [Fact]
    public async Task Another_origin_relying_party_challenge_or_key_is_refused()
    {
        await RegisterAsync();
        await RefusedAsync(options =>
        {
            authenticator.Origin = "https://evil.example";
            return authenticator.Sign(options);
        });
        authenticator.Origin = "http://localhost:5080";
        await RefusedAsync(options =>
        {
            authenticator.RelyingParty = "evil.example";
            return authenticator.Sign(options);
        });
        authenticator.RelyingParty = "localhost";
        await RefusedAsync(options => authenticator.Sign(options, challenge: "AAAAAAAAAAAAAAAAAAAAAA"));
        await RefusedAsync(options =>
        {
            authenticator.VerifiesUser = false;
            return authenticator.Sign(options);
        });
        authenticator.VerifiesUser = true;
        await RefusedAsync(options =>
        {
            var answer = authenticator.Sign(options);
            var signature = answer["response"]!["signature"]!.GetValue<string>();
            answer["response"]!["signature"] = signature[..^4] + (signature.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");
            return answer;
        });
        await RefusedAsync(_ => new JsonObject { ["id"] = "x" });
        var challenge = await StartLoginAsync();
        (await LogInAsync(challenge, authenticator.Sign(challenge.Json.GetProperty("options")))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_host_header_decides_nothing()
    {
        await RegisterAsync();
        using var client = new HttpClient { BaseAddress = own.Client.BaseAddress };
        client.DefaultRequestHeaders.Host = "evil.example";
        var challenge = await client.PostAsync("/auth/login/passkey/challenge", null, HttpStatusCode.OK);
        challenge["options.rpId"].ShouldBe("localhost");
        authenticator.RelyingParty = "evil.example";
        authenticator.Origin = "http://evil.example";
        (
            await client.SendAsync(
                "POST",
                "/auth/login/passkey",
                new { challenge = challenge["challenge"], passkey = authenticator.Sign(challenge.Json.GetProperty("options")) }
            )
        ).ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-second-factor");
    }

    [Fact]
    public async Task A_counter_that_goes_back_is_refused()
    {
        authenticator.Counter = 10;
        await RegisterAsync();
        var challenge = await StartLoginAsync();
        (await LogInAsync(challenge, authenticator.Sign(challenge.Json.GetProperty("options")))).Status.ShouldBe(HttpStatusCode.OK);
        authenticator.Counter = 5;
        await RefusedAsync(options => authenticator.Sign(options));
    }

    [Fact]
    public async Task Another_users_passkey_is_no_second_factor()
    {
        await RegisterAsync();
        var victim = await FactorOwner.WithTotpAsync(own);
        var challenge = await StartLoginAsync();
        (
            await owner.GiveAsync(
                new { challenge = await victim.StartLoginAsync(), passkey = authenticator.Sign(challenge.Json.GetProperty("options")) }
            )
        ).ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-second-factor");
        (await owner.GiveAsync(new { challenge = challenge["challenge"], code = "000000" })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-challenge"
        );
    }

    [Fact]
    public async Task A_deactivated_user_does_not_get_in()
    {
        await RegisterAsync();
        await own.ExecuteSqlAsync($"UPDATE identity.users SET active = false WHERE username = '{owner.Body.username}'");
        await RefusedAsync(options => authenticator.Sign(options));
        var told = """
            SELECT count(*) FROM audit.entries JOIN identity.users ON users.id = entity_id AND users.organization_id = entries.organization_id
            WHERE action = 'FAILURE' AND operation = 'passkeyLogin' AND NOT active
            """;
        (await own.ReadSqlAsync(told)).ShouldBe(1L, "the audit log tells the user's organisation");
    }

    [Fact]
    public async Task A_passkey_steps_up_and_is_deleted()
    {
        await RegisterAsync();
        await owner.RefreshAsync();
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        var id = (await owner.Client.GetAsync("/users/me/second-factors", HttpStatusCode.OK))
            .Json.GetProperty("passkeys")[0]
            .GetProperty("id")
            .GetGuid();
        (await owner.Client.SendAsync("DELETE", $"/users/me/passkeys/{id}")).ShouldBeProblem(HttpStatusCode.Forbidden, "step-up-required");
        var challenge = await owner.Client.PostAsync("/users/me/step-up/challenge", null, HttpStatusCode.OK);
        var fresh = await owner.Client.PostAsync(
            "/users/me/step-up",
            new { challenge = challenge["challenge"], passkey = authenticator.Sign(challenge.Json.GetProperty("options")) },
            HttpStatusCode.OK
        );
        owner.Client.WithToken(fresh["accessToken"]!);
        (await owner.Client.SendAsync("DELETE", $"/users/me/passkeys/{Unique.Id()}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        await owner.Client.ExpectAsync("DELETE", $"/users/me/passkeys/{id}", null, HttpStatusCode.NoContent);
        (await owner.LogInAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_registration_with_another_origin_or_of_somebody_else_or_twice_is_refused()
    {
        authenticator.Origin = "https://evil.example";
        (await RegisterAsync()).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-passkey");
        authenticator.Origin = "http://localhost:5080";
        var stranger = await FactorOwner.RegisterAsync(own);
        var challenge = await stranger.Client.PostAsync("/users/me/passkeys/challenge", null, HttpStatusCode.OK);
        var answer = authenticator.Register(challenge.Json.GetProperty("options"));
        (await RegisterAsync(challenge["challenge"], answer)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-passkey");
        (await RegisterAsync()).Status.ShouldBe(HttpStatusCode.OK);
        await owner.RefreshAsync();
        (await RegisterAsync()).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-passkey");
    }

    private async Task<Answer> RegisterAsync(string? challenge = null, JsonObject? answer = null)
    {
        var started = await owner.Client.PostAsync("/users/me/passkeys/challenge", null, HttpStatusCode.OK);
        var registered = await owner.Client.SendAsync(
            "POST",
            "/users/me/passkeys",
            new
            {
                challenge = challenge ?? started["challenge"],
                name = "My phone",
                passkey = answer ?? authenticator.Register(started.Json.GetProperty("options")),
            }
        );
        return registered;
    }

    private Task<Answer> StartLoginAsync() => own.Client.PostAsync("/auth/login/passkey/challenge", null, HttpStatusCode.OK);

    private Task<Answer> LogInAsync(Answer challenge, JsonObject passkey) =>
        own.Client.SendAsync("POST", "/auth/login/passkey", new { challenge = challenge["challenge"], passkey });

    private async Task RefusedAsync(Func<System.Text.Json.JsonElement, JsonObject> answer)
    {
        var challenge = await StartLoginAsync();
        (await LogInAsync(challenge, answer(challenge.Json.GetProperty("options")))).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "wrong-second-factor"
        );
    }
}
