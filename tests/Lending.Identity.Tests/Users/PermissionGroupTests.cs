using System.Net;
using System.Text.Json.Nodes;
using Lending.Identity.Tests.ApiKeys;
using Lending.Identity.Users.PermissionGroups;
using Lending.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Lending.Identity.Tests.Users;

/// <summary>Groups of users who have a part of their role's permissions.</summary>
public sealed class PermissionGroupTests(IdentityFixture host)
{
    private static readonly string[] Always = ["account:own", "organization:all"];
    private static readonly string[] WithInvitations = ["account:own", "installers:create", "organization:all"];

    [Fact]
    public async Task Made_read_listed_changed_and_deleted()
    {
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var created = await NewGroupAsync(admin.Client, "installers:create");
        created["permissions"].ShouldBe("""["account:own","installers:create","organization:all"]""");
        created.Location!.ToString().ShouldBe($"/api/v1/permission-groups/{created.Id}");
        var read = await admin.Client.GetAsync($"/permission-groups/{created.Id}", HttpStatusCode.OK);
        (read.Text, read.ETag).ShouldBe((created.Text, created.ETag));
        var second = await NewGroupAsync(admin.Client);
        var list = await admin.Client.GetAsync("/permission-groups?limit=1&includeTotal=true", HttpStatusCode.OK);
        list["total"].ShouldBe("2");
        list.Json.GetProperty("items")[0].GetProperty("id").GetGuid().ShouldBe(second.Id);
        await admin.Client.ShouldChangeEachMemberAloneAsync<PermissionGroupRequest>(
            _ => $"/permission-groups/{created.Id}",
            new JsonObject { ["name"] = "Trainees", ["permissions"] = new JsonArray("account:own", "organization:all") }
        );
        (await admin.Client.SendAsync("PATCH", $"/permission-groups/{created.Id}", new { name = second["name"] })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "group-name-taken"
        );
        (await admin.Client.SendAsync("PATCH", $"/permission-groups/{created.Id}", new { name = "x" }, created.ETag)).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );
        await admin.Client.ExpectAsync("DELETE", $"/permission-groups/{created.Id}", null, HttpStatusCode.NoContent);
        (await admin.Client.SendAsync("DELETE", $"/permission-groups/{created.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("""{"name":"","permissions":[]}""", "name", "not-empty")]
    [InlineData("""{"name":"a","permissions":null}""", "permissions", "not-null")]
    [InlineData("""{"name":"a","permissions":[null]}""", "permissions", "invalid-permissions")]
    [InlineData("""{"name":"a","permissions":["no:such"]}""", "permissions", "permission-not-allowed")]
    [InlineData("""{"name":"a","permissions":["users:manage"]}""", "permissions", "permission-not-allowed")]
    [InlineData("""{"name":"a","permissions":["organizations:manage"]}""", "permissions", "permission-not-allowed")]
    public async Task What_is_wrong_is_refused(string body, string field, string code)
    {
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var group = await NewGroupAsync(admin.Client);
        foreach (var (method, path) in new[] { ("POST", "/permission-groups"), ("PATCH", $"/permission-groups/{group.Id}") })
        {
            var answer = (await admin.Client.SendAsync(method, path, body)).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
            var error = answer.Json.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
            (error.GetProperty("name").GetString(), error.GetProperty("code").GetString()).ShouldBe((field, code));
            await admin.Client.ShouldBeRefusedAsync(method, path);
        }
        await admin.Client.ShouldRefuseForgedCursorsAsync("/permission-groups");
    }

    [Fact]
    public async Task A_user_in_a_group_has_what_role_and_group_have_in_common()
    {
        await using var own = await IdentityFixture.StartAsync();
        var chief = await own.LogInAsync("chief", IdentityFixture.AdminPassword);
        var account = IdentityFixture.Account();
        var user = await chief.PostAsync("/users/installers", new { account.username, account.email }, HttpStatusCode.Created);
        await own.AcceptAsync(user["token"]!);
        var before = await own.Client.PostAsync("/auth/login", new { account.username, account.password }, HttpStatusCode.OK);
        // Underwriters have this permission, and installers do not: nobody gets it by a group.
        var group = await NewGroupAsync(chief, IdentityFixture.NeighboursPermission);

        var patched = await chief.ExpectAsync("PATCH", $"/users/{user.Id}", new { permissionGroupId = group.Id }, HttpStatusCode.OK);

        patched["permissionGroupId"].ShouldBe(group.Id.ToString());
        (await chief.GetAsync($"/users/{user.Id}", HttpStatusCode.OK)).Text.ShouldBe(patched.Text);
        (await chief.GetAsync("/users?role=INSTALLER", HttpStatusCode.OK)).Text.ShouldContain(group.Id.ToString());
        await ShouldBeOutAsync(own, before);
        var after = await own.Client.PostAsync("/auth/login", new { account.username, account.password }, HttpStatusCode.OK);
        PermissionsOf(after).ShouldBe(Always);
        var continued = await own.Client.PostAsync("/auth/token/refresh", new { refreshToken = after["refreshToken"] }, HttpStatusCode.OK);
        PermissionsOf(continued).ShouldBe(Always);

        // What the group gets, its users get; and so does what it loses.
        await chief.ExpectAsync("PATCH", $"/permission-groups/{group.Id}", new { permissions = WithInvitations }, HttpStatusCode.OK);
        await ShouldBeOutAsync(own, continued);
        var wider = await own.Client.PostAsync("/auth/login", new { account.username, account.password }, HttpStatusCode.OK);
        PermissionsOf(wider).ShouldBe(WithInvitations);
        // A new name is nobody's concern.
        await chief.ExpectAsync("PATCH", $"/permission-groups/{group.Id}", new { name = "Renamed" }, HttpStatusCode.OK);
        own.Clock.Advance(TimeSpan.FromSeconds(29));
        var client = new HttpClient { BaseAddress = own.Client.BaseAddress }.WithToken(wider["accessToken"]!);
        await client.GetAsync("/users/me", HttpStatusCode.OK);
        (await chief.SendAsync("DELETE", $"/permission-groups/{group.Id}")).ShouldBeProblem(HttpStatusCode.Conflict, "group-in-use");
        await chief.ExpectAsync("PATCH", $"/users/{user.Id}", """{"permissionGroupId":null}""", HttpStatusCode.OK);
        await chief.ExpectAsync("DELETE", $"/permission-groups/{group.Id}", null, HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Groups_are_their_organisations_and_for_installers_and_underwriters()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organization);
        var colleague = await host.NewUserAsync("ADMIN", organization);
        var installer = await host.NewUserAsync("INSTALLER", organization);
        var other = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var (group, foreign) = (await NewGroupAsync(admin.Client), await NewGroupAsync(other.Client));
        foreach (var (client, id) in new[] { (admin.Client, foreign.Id), (host.PlatformAdmin, foreign.Id), (admin.Client, Unique.Id()) })
        {
            (await client.SendAsync("PATCH", $"/users/{installer.Id}", new { permissionGroupId = id }))
                .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
                .WrongFields.ShouldBe(["permissionGroupId"]);
        }
        foreach (var method in (string[])["GET", "PATCH", "DELETE"])
        {
            var body = method == "PATCH" ? new { name = "Mine" } : null;
            (await other.Client.SendAsync(method, $"/permission-groups/{group.Id}", body)).ShouldBeProblem(
                HttpStatusCode.NotFound,
                "not-found"
            );
        }
        (await admin.Client.SendAsync("PATCH", $"/users/{colleague.Id}", new { permissionGroupId = group.Id }))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["permissionGroupId"]);
        await admin.Client.ExpectAsync("PATCH", $"/users/{installer.Id}", new { permissionGroupId = group.Id }, HttpStatusCode.OK);
        (await admin.Client.SendAsync("PATCH", $"/users/{installer.Id}", new { role = "ADMIN" }))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["permissionGroupId"]);
        // The database knows it as well.
        var foreignKey = await Should.ThrowAsync<Npgsql.PostgresException>(() =>
            host.Host.ExecuteSqlAsync($"UPDATE identity.users SET permission_group_id = '{foreign.Id}' WHERE id = '{installer.Id}'")
        );
        foreignKey.SqlState.ShouldBe("23503");
    }

    private static Task<Answer> NewGroupAsync(HttpClient admin, params string[] permissions) =>
        admin.PostAsync("/permission-groups", new { name = $"Group {Unique.Text()}", permissions }, HttpStatusCode.Created);

    private static async Task ShouldBeOutAsync(ModuleHost own, Answer session)
    {
        own.Clock.Advance(TimeSpan.FromSeconds(29));
        var client = new HttpClient { BaseAddress = own.Client.BaseAddress }.WithToken(session["accessToken"]!);
        (await client.SendAsync("GET", "/users/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private static List<string> PermissionsOf(Answer session) =>
        [
            .. new JsonWebToken(session["accessToken"])
                .Claims.Where(claim => claim.Type == "permissions")
                .Select(claim => claim.Value)
                .Order(StringComparer.Ordinal),
        ];
}
