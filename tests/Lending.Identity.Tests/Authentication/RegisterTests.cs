using System.Net;
using Lending.Testing;

namespace Lending.Identity.Tests.Authentication;

public sealed class RegisterTests(IdentityFixture host)
{
    [Fact]
    public async Task Anybody_can_register_and_log_in_as_a_customer_of_the_default_organisation()
    {
        var body = IdentityFixture.Account();
        var created = await host.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        created["username"].ShouldBe(body.username);
        created["email"].ShouldBe(body.email);
        created["role"].ShouldBe("CUSTOMER");
        created["active"].ShouldBe("True");
        created["organizationId"].ShouldBe("01900000-0000-7000-8000-000000000001");
        created.Json.GetProperty("customerId").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        created.Location!.ToString().ShouldBe("/api/v1/users/me");

        var session = await host.LogInAsync(body.username);
        session["user.id"].ShouldBe(created["id"]);
    }

    [Fact]
    public async Task A_username_is_taken_whatever_its_case()
    {
        var first = IdentityFixture.Account();
        await host.Client.PostAsync("/auth/register", first, HttpStatusCode.Created);
        var again = IdentityFixture.Account(username: first.username.ToUpperInvariant());
        var answer = await host.Client.SendAsync("POST", "/auth/register", again);
        answer.ShouldBeProblem(HttpStatusCode.Conflict, "username-taken").WrongFields.ShouldBe(["username"]);
    }

    [Fact]
    public async Task An_email_is_taken_whatever_its_case()
    {
        var first = IdentityFixture.Account();
        await host.Client.PostAsync("/auth/register", first, HttpStatusCode.Created);
        var again = IdentityFixture.Account(email: first.email.ToUpperInvariant());
        var answer = await host.Client.SendAsync("POST", "/auth/register", again);
        answer.ShouldBeProblem(HttpStatusCode.Conflict, "email-taken").WrongFields.ShouldBe(["email"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_eight_who_race_for_one_name_exactly_one_wins(bool forUsername)
    {
        var contested = forUsername ? Unique.Username() : Unique.Email();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    host.Client.SendAsync(
                        "POST",
                        "/auth/register",
                        forUsername ? IdentityFixture.Account(username: contested) : IdentityFixture.Account(email: contested)
                    )
                )
        );
        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        foreach (var loser in answers.Where(answer => answer.Status != HttpStatusCode.Created))
        {
            loser.ShouldBeProblem(HttpStatusCode.Conflict, forUsername ? "username-taken" : "email-taken");
        }
    }

    [Fact]
    public async Task Bad_input_is_refused_and_nothing_is_stored()
    {
        var marker = Unique.Text();
        var right = IdentityFixture.Account($"user-{marker}", $"mail-{marker}@example.org");
        await host.Client.ShouldBeRefusedAsync("POST", "/auth/register");
        await host.Client.ShouldRefuseAsync("POST", "/auth/register", right, [.. BadFields.OfAccounts(), .. BadFields.OfPasswords()]);
        await host.Client.ShouldRefuseAsync(
            "POST",
            "/auth/register",
            right,
            ("password", $"xx-{marker}-yy", "password-similar"),
            ("role", "ADMIN", "unknown-member"),
            ("organizationId", Unique.Id(), "unknown-member")
        );
        var stored = await host.PlatformAdmin.GetAsync($"/users?search={marker}&includeTotal=true", HttpStatusCode.OK);
        stored["total"].ShouldBe("0");
    }

    [Fact]
    public async Task All_failures_come_at_once()
    {
        var answer = await host.Client.SendAsync(
            "POST",
            "/auth/register",
            new
            {
                username = "x",
                email = "nobody",
                password = "8392017",
                passwordConfirm = "1234",
            }
        );
        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        answer
            .Json.GetProperty("errors")
            .EnumerateArray()
            .Select(error => error.GetProperty("code").GetString())
            .ShouldBe(["length", "invalid-email", "password-too-short", "password-all-digits", "passwords-differ"], ignoreOrder: true);
    }
}
