using System.Net;
using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Identity.Tests.Users;

public sealed class InviteStaffTests(IdentityFixture host)
{
    [Theory]
    [InlineData("installers", "INSTALLER")]
    [InlineData("underwriters", "UNDERWRITER")]
    [InlineData("administrators", "ADMIN")]
    public async Task Administrators_invite_staff_who_choose_their_own_password(string path, string role)
    {
        var organizationId = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organizationId);
        var body = IdentityFixture.Staff();

        var created = await admin.Client.PostAsync($"/users/{path}", body, HttpStatusCode.Created);

        created["role"].ShouldBe(role);
        created["organizationId"].ShouldBe(organizationId.ToString());
        created.Location!.ToString().ShouldBe($"/api/v1/users/{created.Id}");
        var token = host.Host.Messages.TokenTo(body.email, MessageKind.StaffInvitation);
        created["token"].ShouldBe(token, "developers are told");
        (await host.AcceptAsync(token))["user.role"].ShouldBe(role);
        (await host.LogInAsync(body.username))["user.id"].ShouldBe(created["id"]);
    }

    [Fact]
    public async Task Outside_Development_nobody_is_told_the_secret()
    {
        await using var careful = await IdentityFixture.StartAsync(
            settings: new Dictionary<string, string?> { ["Invitations:AnswerWithToken"] = "false" }
        );
        var admin = await careful.LogInAsChiefAsync();
        var body = IdentityFixture.Staff();

        var created = await admin.PostAsync("/users/installers", body, HttpStatusCode.Created);
        var again = await admin.PostAsync($"/users/{created.Id}/invitation", null, HttpStatusCode.Accepted);

        created["token"].ShouldBeEmpty();
        again["token"].ShouldBeEmpty();
        foreach (var message in careful.Messages.To(body.email))
        {
            created.Text.ShouldNotContain(message.Values["token"]);
            again.Text.ShouldNotContain(message.Values["token"]);
        }
    }

    [Fact]
    public async Task An_invitation_can_be_repeated_until_it_was_accepted_and_only_the_newest_works()
    {
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var first = await admin.Client.PostAsync("/users/installers", IdentityFixture.Staff(), HttpStatusCode.Created);

        var second = await admin.Client.PostAsync($"/users/{first.Id}/invitation", null, HttpStatusCode.Accepted);

        (await host.Client.SendAsync("POST", "/auth/invitations/accept", Acceptance(first["token"]!))).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "invalid-invitation"
        );
        await host.AcceptAsync(second["token"]!);
        (await host.Client.SendAsync("POST", "/auth/invitations/accept", Acceptance(second["token"]!))).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "invalid-invitation"
        );
        (await admin.Client.SendAsync("POST", $"/users/{first.Id}/invitation")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "account-has-password"
        );
        var stranger = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        (await stranger.Client.SendAsync("POST", $"/users/{first.Id}/invitation")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Of_two_who_accept_at_the_same_time_one_gets_in()
    {
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var invited = await admin.Client.PostAsync("/users/installers", IdentityFixture.Staff(), HttpStatusCode.Created);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => host.Client.SendAsync("POST", "/auth/invitations/accept", Acceptance(invited["token"]!)))
        );

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers
            .Where(answer => answer.Status != HttpStatusCode.OK)
            .ShouldAllBe(answer => answer.Code == "invalid-invitation" || answer.Code == "concurrent-change");
    }

    [Theory]
    [InlineData("installers")]
    [InlineData("underwriters")]
    [InlineData("administrators")]
    public async Task Only_the_platforms_administrators_name_another_organisation(string path)
    {
        var (own, other) = (await host.NewOrganizationAsync(), await host.NewOrganizationAsync());
        var admin = await host.NewUserAsync("ADMIN", own);

        (await admin.Client.SendAsync("POST", $"/users/{path}", IdentityFixture.Staff(organizationId: other))).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "other-organization"
        );
        await admin.Client.PostAsync($"/users/{path}", IdentityFixture.Staff(organizationId: own), HttpStatusCode.Created);
        var created = await host.PlatformAdmin.PostAsync(
            $"/users/{path}",
            IdentityFixture.Staff(organizationId: other),
            HttpStatusCode.Created
        );
        created["organizationId"].ShouldBe(other.ToString());
        (await host.PlatformAdmin.SendAsync("POST", $"/users/{path}", IdentityFixture.Staff(organizationId: Unique.Id())))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-organization")
            .WrongFields.ShouldBe(["organizationId"]);
    }

    [Fact]
    public async Task Installers_make_installers_only_where_the_organisation_lets_them()
    {
        var organizationId = await host.NewOrganizationAsync();
        var installer = await host.NewUserAsync("INSTALLER", organizationId);
        (await installer.Client.SendAsync("POST", "/users/installers", IdentityFixture.Staff())).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "installers-may-not-invite"
        );
        await host.LetInstallersInviteAsync(organizationId);
        await installer.Client.PostAsync("/users/installers", IdentityFixture.Staff(), HttpStatusCode.Created);
    }

    [Fact]
    public async Task Nobody_but_administrators_makes_accounts()
    {
        var organizationId = await host.NewOrganizationAsync();
        var invited = await host.PlatformAdmin.PostAsync(
            "/users/installers",
            IdentityFixture.Staff(organizationId: organizationId),
            HttpStatusCode.Created
        );
        var others = new[]
        {
            (await host.NewUserAsync("INSTALLER", organizationId)).Client,
            (await host.NewUserAsync("UNDERWRITER", organizationId)).Client,
            (await host.NewRegisteredUserAsync()).Client,
        };
        foreach (
            var path in (string[])["/users/installers", "/users/underwriters", "/users/administrators", $"/users/{invited.Id}/invitation"]
        )
        {
            foreach (var client in others)
            {
                (
                    await client.SendAsync(
                        "POST",
                        path,
                        path.EndsWith("invitation", StringComparison.Ordinal) ? null : IdentityFixture.Staff()
                    )
                ).Status.ShouldBe(HttpStatusCode.Forbidden);
            }
            (await host.Client.SendAsync("POST", path)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        }
    }

    [Fact]
    public async Task Names_are_unique_everywhere_and_emails_in_the_organisation()
    {
        var first = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var second = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        (await first.Client.SendAsync("POST", "/users/installers", IdentityFixture.Staff(username: second.Username))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "username-taken"
        );
        (await first.Client.SendAsync("POST", "/users/installers", IdentityFixture.Staff(email: first.Email))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "email-taken"
        );
        await first.Client.PostAsync("/users/installers", IdentityFixture.Staff(email: second.Email), HttpStatusCode.Created);
    }

    [Fact]
    public async Task Bad_input_is_refused_and_nothing_is_stored()
    {
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        foreach (var path in (string[])["/users/installers", "/users/underwriters", "/users/administrators"])
        {
            await admin.Client.ShouldBeRefusedAsync("POST", path);
            await admin.Client.ShouldRefuseAsync(
                "POST",
                path,
                IdentityFixture.Staff(),
                [
                    .. BadFields.OfAccounts(),
                    ("organizationId", "x", "wrong-type"),
                    ("organizationId", 1, "wrong-type"),
                    ("role", "ADMIN", "unknown-member"),
                    ("password", IdentityFixture.Password, "unknown-member"),
                ]
            );
        }
        (await admin.Client.GetAsync("/users?includeTotal=true", HttpStatusCode.OK))["total"].ShouldBe("1");
    }

    [Fact]
    public async Task Staff_becomes_an_underwriter_and_loses_what_underwriters_may_not()
    {
        var organizationId = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organizationId);
        var user = await host.NewUserAsync("ADMIN", organizationId);

        (await admin.Client.ExpectAsync("PATCH", $"/users/{user.Id}", new { role = "UNDERWRITER" }, HttpStatusCode.OK))["role"]
            .ShouldBe("UNDERWRITER");

        (await host.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken = user.RefreshToken })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-refresh-token"
        );
        var again = host.ClientWith((await host.LogInAsync(user.Username))["accessToken"]!);
        (await again.SendAsync("POST", "/users/installers", IdentityFixture.Staff())).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
    }

    private static object Acceptance(string token) =>
        new
        {
            token,
            password = IdentityFixture.OtherPassword,
            passwordConfirm = IdentityFixture.OtherPassword,
        };
}
