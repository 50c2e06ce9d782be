using System.Net;
using Lending.Testing;

namespace Lending.Identity.Tests.Users;

public sealed class CreateUnderwriterTests(IdentityFixture host)
{
    [Fact]
    public async Task Administrators_create_underwriters_in_their_own_organisation()
    {
        var organizationId = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organizationId);
        var body = IdentityFixture.Account();

        var created = await admin.Client.PostAsync("/users/underwriters", body, HttpStatusCode.Created);

        created["role"].ShouldBe("UNDERWRITER");
        created["organizationId"].ShouldBe(organizationId.ToString());
        created.Location!.ToString().ShouldBe($"/api/v1/users/{created.Id}");
        (await admin.Client.GetAsync($"/users/{created.Id}", HttpStatusCode.OK)).Text.ShouldBe(created.Text);
        (await host.LogInAsync(body.username))["user.role"].ShouldBe("UNDERWRITER");
        var listed = await admin.Client.GetAsync("/users?role=UNDERWRITER&includeTotal=true", HttpStatusCode.OK);
        listed["total"].ShouldBe("1");
        listed.Json.GetProperty("items")[0].GetProperty("id").GetGuid().ShouldBe(created.Id);
    }

    [Fact]
    public async Task Only_the_platforms_administrators_name_another_organisation()
    {
        var (own, other) = (await host.NewOrganizationAsync(), await host.NewOrganizationAsync());
        var admin = await host.NewUserAsync("ADMIN", own);

        (await admin.Client.SendAsync("POST", "/users/underwriters", BodyFor(other))).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "other-organization"
        );
        var created = await host.PlatformAdmin.PostAsync("/users/underwriters", BodyFor(other), HttpStatusCode.Created);
        created["organizationId"].ShouldBe(other.ToString());
        (await host.PlatformAdmin.SendAsync("POST", "/users/underwriters", BodyFor(Unique.Id())))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-organization")
            .WrongFields.ShouldBe(["organizationId"]);
    }

    [Fact]
    public async Task Nobody_else_may()
    {
        var organizationId = await host.NewOrganizationAsync();
        var installer = await host.NewUserAsync("INSTALLER", organizationId);
        var underwriter = await host.NewUserAsync("UNDERWRITER", organizationId);
        var customer = await host.NewRegisteredUserAsync();
        foreach (var client in new[] { installer.Client, underwriter.Client, customer.Client })
        {
            (await client.SendAsync("POST", "/users/underwriters", IdentityFixture.Account())).ShouldBeProblem(
                HttpStatusCode.Forbidden,
                "forbidden"
            );
        }
        (await underwriter.Client.SendAsync("POST", "/users/installers", IdentityFixture.Account())).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        (await host.Client.SendAsync("POST", "/users/underwriters", IdentityFixture.Account())).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "unauthenticated"
        );
    }

    [Fact]
    public async Task Staff_becomes_an_underwriter_and_loses_what_underwriters_may_not()
    {
        var organizationId = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organizationId);
        var user = await host.NewUserAsync("INSTALLER", organizationId);

        (await admin.Client.ExpectAsync("PATCH", $"/users/{user.Id}", new { role = "UNDERWRITER" }, HttpStatusCode.OK))["role"]
            .ShouldBe("UNDERWRITER");

        (await host.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken = user.RefreshToken })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-refresh-token"
        );
        var again = host.ClientWith((await host.LogInAsync(user.Username))["accessToken"]!);
        (await again.SendAsync("POST", "/users/installers", IdentityFixture.Account())).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
    }

    [Fact]
    public async Task Bad_input_is_refused_and_nothing_is_stored()
    {
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        await admin.Client.ShouldBeRefusedAsync("POST", "/users/underwriters");
        await admin.Client.ShouldRefuseAsync(
            "POST",
            "/users/underwriters",
            IdentityFixture.Account(),
            [.. BadFields.OfAccounts(), .. BadFields.OfPasswords(), ("role", "ADMIN", "unknown-member")]
        );
        (await admin.Client.GetAsync("/users?includeTotal=true", HttpStatusCode.OK))["total"].ShouldBe("1");
    }

    private static object BodyFor(Guid organizationId)
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
}
