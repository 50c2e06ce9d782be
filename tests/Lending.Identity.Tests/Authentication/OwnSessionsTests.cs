using System.Net;
using System.Text.Json;
using Lending.Identity.Authentication;
using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Identity.Tests.Authentication;

/// <summary>Users see and end their sessions.</summary>
public sealed class OwnSessionsTests(IdentityFixture host)
{
    private Task<Answer> RefreshAsync(string refreshToken) => host.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken });

    private static JsonElement[] Items(Answer answer) => [.. answer.Json.GetProperty("items").EnumerateArray()];

    [Fact]
    public async Task A_user_sees_where_they_are_logged_in()
    {
        var user = await host.NewRegisteredUserAsync();
        await host.NewRegisteredUserAsync();
        using var phone = new HttpClient { BaseAddress = host.Client.BaseAddress };
        phone.DefaultRequestHeaders.TryAddWithoutValidation(
            "User-Agent",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"
        );
        var second = await phone.PostAsync("/auth/login", new { user.Username, IdentityFixture.Password }, HttpStatusCode.OK);

        var items = Items(await user.Client.GetAsync("/users/me/sessions", HttpStatusCode.OK));
        items.Length.ShouldBe(2);
        items[0].GetProperty("device").GetString().ShouldBe("Safari on iPhone");
        items.Select(item => item.GetProperty("current").GetBoolean()).ShouldBe([false, true]);
        items.ShouldAllBe(item => item.GetProperty("address").GetString() == "127.0.0.1");
        var theirs = Items(await host.ClientWith(second["accessToken"]!).GetAsync("/users/me/sessions?limit=1", HttpStatusCode.OK));
        theirs.Single().GetProperty("current").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_session_was_last_used_when_it_was_started_or_refreshed_last()
    {
        await using var own = await IdentityFixture.StartAsync();
        var owner = await FactorOwner.RegisterAsync(own);
        (await UsedAfterAsync()).ShouldBe(TimeSpan.Zero);

        own.Clock.Advance(TimeSpan.FromHours(1));
        await owner.RefreshAsync();
        (await UsedAfterAsync()).ShouldBe(TimeSpan.FromHours(1), tolerance: TimeSpan.FromMinutes(1));

        async Task<TimeSpan> UsedAfterAsync()
        {
            var session = Items(await owner.Client.GetAsync("/users/me/sessions", HttpStatusCode.OK)).ShouldHaveSingleItem();
            return session.GetProperty("lastUsedAt").GetDateTimeOffset() - session.GetProperty("createdAt").GetDateTimeOffset();
        }
    }

    [Fact]
    public async Task A_user_ends_one_session_and_its_access_token_stops_at_once_on_this_instance()
    {
        var user = await host.NewRegisteredUserAsync();
        var other = await host.LogInAsync(user.Username);
        var otherClient = host.ClientWith(other["accessToken"]!);
        await otherClient.GetAsync("/users/me", HttpStatusCode.OK);
        var id = Items(await user.Client.GetAsync("/users/me/sessions", HttpStatusCode.OK))[0].GetProperty("id").GetGuid();

        await user.Client.ExpectAsync("DELETE", $"/users/me/sessions/{id}", null, HttpStatusCode.NoContent);
        (await otherClient.SendAsync("GET", "/users/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await RefreshAsync(other["refreshToken"]!)).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-refresh-token");
        await user.Client.GetAsync("/users/me", HttpStatusCode.OK);
        (await user.Client.SendAsync("DELETE", $"/users/me/sessions/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Another_users_session_is_not_found()
    {
        var user = await host.NewRegisteredUserAsync();
        var stranger = await host.NewRegisteredUserAsync();
        var id = Items(await stranger.Client.GetAsync("/users/me/sessions", HttpStatusCode.OK))[0].GetProperty("id").GetGuid();
        (await user.Client.SendAsync("DELETE", $"/users/me/sessions/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        await stranger.Client.GetAsync("/users/me", HttpStatusCode.OK);
        (await RefreshAsync(stranger.RefreshToken)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Logging_out_everywhere_ends_this_session_too()
    {
        await using var own = await IdentityFixture.StartAsync();
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        var sessions = new List<Answer>();
        for (var i = 0; i < 2; i++)
        {
            sessions.Add(await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.OK));
        }
        HttpClient ClientOf(Answer session) => new HttpClient { BaseAddress = own.Client.BaseAddress }.WithToken(session["accessToken"]!);
        await ClientOf(sessions[0]).ExpectAsync("DELETE", "/users/me/sessions", null, HttpStatusCode.NoContent);
        own.Clock.Advance(TimeSpan.FromSeconds(29));
        foreach (var session in sessions)
        {
            (await ClientOf(session).SendAsync("GET", "/users/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
            (await own.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken = session["refreshToken"] })).ShouldBeProblem(
                HttpStatusCode.Unauthorized,
                "invalid-refresh-token"
            );
        }
        (await own.ReadSqlAsync("SELECT count(*) FROM identity.devices")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_used_refresh_token_ends_the_access_tokens_of_its_session_too()
    {
        var user = await host.NewRegisteredUserAsync();
        var next = await RefreshAsync(user.RefreshToken);
        var nextClient = host.ClientWith(next["accessToken"]!);
        await nextClient.GetAsync("/users/me", HttpStatusCode.OK);
        (await RefreshAsync(user.RefreshToken)).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-refresh-token");
        foreach (var client in (HttpClient[])[user.Client, nextClient])
        {
            (await client.SendAsync("GET", "/users/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        }
    }

    [Fact]
    public async Task An_ended_session_is_known_to_other_instances_within_30_seconds_and_forgotten_when_its_tokens_have_expired()
    {
        await using var own = await IdentityFixture.StartAsync();
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        var session = await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.OK);
        var client = new HttpClient { BaseAddress = own.Client.BaseAddress }.WithToken(session["accessToken"]!);
        await client.GetAsync("/users/me", HttpStatusCode.OK);
        // As another instance does it, of which this one hears from the database alone.
        await own.ExecuteSqlAsync("INSERT INTO identity.ended_sessions SELECT id, now() + interval '1 hour' FROM identity.sessions");
        own.Clock.Advance(TimeSpan.FromSeconds(29));
        (await client.SendAsync("GET", "/users/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        own.Clock.Advance(TimeSpan.FromHours(2));
        var last = await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.OK);
        await own.Client.PostAsync("/auth/logout", new { refreshToken = last["refreshToken"] }, HttpStatusCode.NoContent);
        (await own.ReadSqlAsync("SELECT count(*) FROM identity.ended_sessions")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_session_ends_30_days_after_its_login_however_often_it_was_continued()
    {
        await using var own = await IdentityFixture.StartAsync();
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        var session = await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.OK);
        for (var day = 6; day < 30; day += 6)
        {
            own.Clock.Advance(TimeSpan.FromDays(6));
            session = await own.Client.PostAsync("/auth/token/refresh", new { refreshToken = session["refreshToken"] }, HttpStatusCode.OK);
        }
        own.Clock.Advance(TimeSpan.FromDays(6));
        (await own.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken = session["refreshToken"] })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-refresh-token"
        );
    }

    [Fact]
    public async Task A_mail_tells_of_a_login_on_a_new_device_and_of_no_other()
    {
        await using var own = await IdentityFixture.StartAsync();
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        Task<Answer> LogInAsync(string? deviceToken) =>
            own.Client.PostAsync(
                "/auth/login",
                new
                {
                    body.username,
                    body.password,
                    deviceToken,
                },
                HttpStatusCode.OK
            );
        var first = await LogInAsync(null);
        await LogInAsync(first["deviceToken"]);
        own.Messages.To(body.email).Count(message => message.Kind == MessageKind.NewDevice).ShouldBe(0);
        await LogInAsync(null);
        var mail = own.Messages.To(body.email).Single(message => message.Kind == MessageKind.NewDevice);
        mail.Values["address"].ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task Of_a_users_devices_the_latest_twenty_are_remembered()
    {
        await using var own = await IdentityFixture.StartAsync();
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        for (var i = 0; i < 22; i++)
        {
            await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.OK);
        }
        (await own.ReadSqlAsync("SELECT count(*) FROM identity.devices")).ShouldBe(20L);
        (await own.ReadSqlAsync("SELECT count(*) FROM identity.sessions WHERE device_id IS NULL")).ShouldBe(2L);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("Backoffice/2.1 (internal)", "Backoffice")]
    [InlineData("<script>", "Unknown")]
    [InlineData("", "Unknown")]
    public void A_device_is_described_in_a_few_words(string userAgent, string device) =>
        ClientOfRequest.Describe(userAgent).ShouldBe(device);
}
