using System.Net;
using Lending.Testing;

namespace Lending.Identity.Tests.Users;

public sealed class CreateInstallerTests(IdentityFixture host)
{
    [Theory]
    [InlineData("INSTALLER")]
    [InlineData("ADMIN")]
    public async Task Staff_create_installers_in_their_own_organisation(string role)
    {
        var organizationId = await host.NewOrganizationAsync();
        await host.LetInstallersInviteAsync(organizationId);
        var staff = await host.NewUserAsync(role, organizationId);
        var body = IdentityFixture.Account();
        var created = await staff.Client.PostAsync("/users/installers", body, HttpStatusCode.Created);
        created["role"].ShouldBe("INSTALLER");
        created["organizationId"].ShouldBe(organizationId.ToString());
        created.Location!.ToString().ShouldBe($"/api/v1/users/{created.Id}");
        var read = await host.PlatformAdmin.GetAsync($"/users/{created.Id}", HttpStatusCode.OK);
        read.Text.ShouldBe(created.Text);
        await host.LogInAsync(body.username);
    }

    [Fact]
    public async Task Installers_make_installers_only_where_the_organisation_lets_them()
    {
        var organizationId = await host.NewOrganizationAsync();
        var installer = await host.NewUserAsync("INSTALLER", organizationId);
        (await installer.Client.SendAsync("POST", "/users/installers", IdentityFixture.Account())).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "installers-may-not-invite"
        );
        await host.LetInstallersInviteAsync(organizationId);
        await installer.Client.PostAsync("/users/installers", IdentityFixture.Account(), HttpStatusCode.Created);
    }

    [Fact]
    public async Task Only_the_platforms_administrators_name_another_organisation()
    {
        var (own, other) = (await host.NewOrganizationAsync(), await host.NewOrganizationAsync());
        var admin = await host.NewUserAsync("ADMIN", own);
        object Body(Guid organizationId)
        {
            var account = IdentityFixture.Account();
            return new
            {
                account.username,
                account.email,
                account.password,
                account.passwordConfirm,
                organizationId,
            };
        }
        (await admin.Client.SendAsync("POST", "/users/installers", Body(other))).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "other-organization"
        );
        await admin.Client.PostAsync("/users/installers", Body(own), HttpStatusCode.Created);
        var created = await host.PlatformAdmin.PostAsync("/users/installers", Body(other), HttpStatusCode.Created);
        created["organizationId"].ShouldBe(other.ToString());
        (await host.PlatformAdmin.SendAsync("POST", "/users/installers", Body(Unique.Id())))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-organization")
            .WrongFields.ShouldBe(["organizationId"]);
    }

    [Fact]
    public async Task Customers_and_strangers_may_not()
    {
        var customer = await host.NewRegisteredUserAsync();
        (await customer.Client.SendAsync("POST", "/users/installers", IdentityFixture.Account())).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        (await host.Client.SendAsync("POST", "/users/installers", IdentityFixture.Account())).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "unauthenticated"
        );
    }

    [Fact]
    public async Task Names_are_unique_everywhere_and_emails_in_the_organisation()
    {
        var first = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var second = await host.NewUserAsync("INSTALLER", await host.NewOrganizationAsync());
        (await first.Client.SendAsync("POST", "/users/installers", IdentityFixture.Account(username: second.Username))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "username-taken"
        );
        (await first.Client.SendAsync("POST", "/users/installers", IdentityFixture.Account(email: first.Email))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "email-taken"
        );
        await first.Client.PostAsync("/users/installers", IdentityFixture.Account(email: second.Email), HttpStatusCode.Created);
    }

    [Fact]
    public async Task Bad_input_is_refused_and_nothing_is_stored()
    {
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        await admin.Client.ShouldBeRefusedAsync("POST", "/users/installers");
        await admin.Client.ShouldRefuseAsync(
            "POST",
            "/users/installers",
            IdentityFixture.Account(),
            [
                .. BadFields.OfAccounts(),
                .. BadFields.OfPasswords(),
                ("organizationId", "x", "wrong-type"),
                ("organizationId", 1, "wrong-type"),
                ("role", "ADMIN", "unknown-member"),
            ]
        );
        (await admin.Client.GetAsync("/users?includeTotal=true", HttpStatusCode.OK))["total"].ShouldBe("1");
    }
}
