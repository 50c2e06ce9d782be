using System.Net;
using Lending.Testing;

namespace Lending.Identity.Tests.Authentication;

public sealed class SessionTests(IdentityFixture host)
{
    private Task<Answer> RefreshAsync(string refreshToken) => host.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken });

    [Fact]
    public async Task A_refresh_token_gives_a_new_session_answer()
    {
        var user = await host.NewRegisteredUserAsync();
        var answer = await RefreshAsync(user.RefreshToken);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer["refreshToken"].ShouldNotBe(user.RefreshToken);
        answer["tokenType"].ShouldBe("Bearer");
        answer["user.id"].ShouldBe(user.Id.ToString());
        await host.ClientWith(answer["accessToken"]!).GetAsync("/users/me", HttpStatusCode.OK);
        (await RefreshAsync(answer["refreshToken"]!)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_used_refresh_token_ends_the_whole_session_but_no_other()
    {
        var user = await host.NewRegisteredUserAsync();
        var other = await host.LogInAsync(user.Username);
        var second = (await RefreshAsync(user.RefreshToken))["refreshToken"]!;
        var third = (await RefreshAsync(second))["refreshToken"]!;

        (await RefreshAsync(user.RefreshToken)).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-refresh-token");
        (await RefreshAsync(third)).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-refresh-token");
        (await RefreshAsync(other["refreshToken"]!)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_two_who_race_with_one_refresh_token_exactly_one_wins()
    {
        for (var round = 0; round < 10; round++)
        {
            var user = await host.NewRegisteredUserAsync();
            var answers = await Task.WhenAll(RefreshAsync(user.RefreshToken), RefreshAsync(user.RefreshToken));
            answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
            answers
                .Single(answer => answer.Status != HttpStatusCode.OK)
                .ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-refresh-token");
            // One of the two was a thief; nobody can tell which.
            (await RefreshAsync(answers.Single(answer => answer.Status == HttpStatusCode.OK)["refreshToken"]!)).Status.ShouldBe(
                HttpStatusCode.Unauthorized
            );
        }
    }

    [Fact]
    public async Task Logout_ends_the_session_and_knows_no_failure()
    {
        var user = await host.NewRegisteredUserAsync();
        for (var i = 0; i < 2; i++)
        {
            await host.Client.PostAsync("/auth/logout", new { refreshToken = user.RefreshToken }, HttpStatusCode.NoContent);
        }
        await host.Client.PostAsync("/auth/logout", new { refreshToken = "unknown" }, HttpStatusCode.NoContent);
        (await RefreshAsync(user.RefreshToken)).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-refresh-token");
    }

    [Fact]
    public async Task Made_up_refresh_tokens_do_not_work()
    {
        foreach (var token in new[] { "x", new string('a', 75), $"{Guid.Empty:N}{new string('b', 43)}" })
        {
            (await RefreshAsync(token)).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-refresh-token");
        }
    }

    [Fact]
    public async Task A_refresh_token_works_for_seven_days_from_its_making()
    {
        await using var own = await IdentityFixture.StartAsync();
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        var session = await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.OK);
        own.Clock.Advance(TimeSpan.FromDays(6.9));
        var next = await own.Client.PostAsync("/auth/token/refresh", new { refreshToken = session["refreshToken"] }, HttpStatusCode.OK);
        own.Clock.Advance(TimeSpan.FromDays(7));
        (await own.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken = next["refreshToken"] })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-refresh-token"
        );
        (await own.ReadSqlAsync("SELECT count(*) FROM identity.sessions")).ShouldBe(0L);
    }

    [Fact]
    public async Task Expired_sessions_are_removed_at_the_next_login()
    {
        await using var own = await IdentityFixture.StartAsync();
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.OK);
        own.Clock.Advance(TimeSpan.FromDays(8));
        await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.OK);
        (await own.ReadSqlAsync("SELECT count(*) FROM identity.sessions")).ShouldBe(1L);
    }

    [Fact]
    public async Task An_access_token_expires()
    {
        await using var own = await IdentityFixture.StartAsync();
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        var session = await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.OK);
        own.Client.WithToken(session["accessToken"]!);
        own.Clock.Advance(TimeSpan.FromMinutes(59));
        await own.Client.GetAsync("/users/me", HttpStatusCode.OK);
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        (await own.Client.SendAsync("GET", "/users/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Theory]
    [InlineData("/auth/token/refresh")]
    [InlineData("/auth/logout")]
    public async Task Bad_input_is_refused(string path)
    {
        await host.Client.ShouldBeRefusedAsync("POST", path);
        await host.Client.ShouldRefuseAsync(
            "POST",
            path,
            new { refreshToken = "x" },
            ("refreshToken", BadFields.Missing, "not-empty"),
            ("refreshToken", null, "not-empty"),
            ("refreshToken", 1, "wrong-type"),
            ("refreshToken", new string('a', 76), "maximum-length"),
            ("extra", 1, "unknown-member")
        );
    }
}
