using System.Net;
using System.Text.Json.Nodes;
using Lending.Identity.Users;
using Lending.Testing;

namespace Lending.Identity.Tests.Users;

public sealed class UserAdministrationTests(IdentityFixture host)
{
    private static string[] Ids(Answer page) =>
        [.. page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    [Fact]
    public async Task The_list_holds_the_own_organisation_newest_first_page_by_page()
    {
        var organizationId = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organizationId);
        var ids = new List<string> { admin.Id.ToString() };
        for (var i = 0; i < 4; i++)
        {
            ids.Insert(0, (await admin.Client.PostAsync("/users/installers", IdentityFixture.Staff(), HttpStatusCode.Created))["id"]!);
        }
        await host.NewUserAsync("INSTALLER", await host.NewOrganizationAsync());

        var whole = await admin.Client.GetAsync("/users?includeTotal=true", HttpStatusCode.OK);
        Ids(whole).ShouldBe(ids);
        whole["total"].ShouldBe("5");
        whole.Json.GetProperty("nextCursor").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);

        var pages = new List<string>();
        var query = "";
        do
        {
            var page = await admin.Client.GetAsync($"/users?limit=2{query}", HttpStatusCode.OK);
            Ids(page).Length.ShouldBeInRange(1, 2);
            pages.AddRange(Ids(page));
            query = $"&cursor={page["nextCursor"]}";
        } while (query != "&cursor=");
        pages.ShouldBe(ids);
    }

    [Fact]
    public async Task A_patch_of_one_member_leaves_the_others()
    {
        var organizationId = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organizationId);
        var user = await host.NewUserAsync("INSTALLER", organizationId);
        var group = await admin.Client.PostAsync("/permission-groups", new { name = "Trainees" }, HttpStatusCode.Created);
        var changes = new JsonObject
        {
            ["role"] = "UNDERWRITER",
            ["active"] = false,
            ["permissionGroupId"] = group.Id.ToString(),
        };
        changes.Count.ShouldBe(3);

        await admin.Client.ShouldChangeEachMemberAloneAsync<PatchUser.Request>(_ => $"/users/{user.Id}", changes);
    }

    [Fact]
    public async Task The_list_can_be_filtered()
    {
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var (one, two) = (
            IdentityFixture.Staff(username: Unique.Username("search")),
            IdentityFixture.Staff(email: Unique.Email("50%_off"))
        );
        var first = await admin.Client.PostAsync("/users/installers", one, HttpStatusCode.Created);
        var second = await admin.Client.PostAsync("/users/installers", two, HttpStatusCode.Created);
        await admin.Client.ExpectAsync("PATCH", $"/users/{second.Id}", new { active = false }, HttpStatusCode.OK);
        async Task<string[]> ListAsync(string query) => Ids(await admin.Client.GetAsync($"/users?{query}", HttpStatusCode.OK));

        (await ListAsync("role=ADMIN")).ShouldBe([admin.Id.ToString()]);
        (await ListAsync("role=INSTALLER&active=true")).ShouldBe([first.Id.ToString()]);
        (await ListAsync("active=false")).ShouldBe([second.Id.ToString()]);
        (await ListAsync("search=SEARCH-")).ShouldBe([first.Id.ToString()]);
        (await ListAsync("search=50%25_OFF")).ShouldBe([second.Id.ToString()]);
        (await ListAsync("search=50%25%25off")).ShouldBeEmpty();
        (await ListAsync($"customerId={Unique.Id()}")).ShouldBeEmpty();
        (await ListAsync("search=")).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Wrong_filters_are_refused()
    {
        foreach (
            var (query, field) in new[]
            {
                ("limit=0", "limit"),
                ("limit=201", "limit"),
                ("limit=x", "limit"),
                ("cursor=x", "cursor"),
                ("role=BOSS", "role"),
                ("role=2", "role"),
                ("role=ADMIN,CUSTOMER", "role"),
                ("role=ADMIN&role=CUSTOMER", "role"),
                ("active=maybe", "active"),
                ("customerId=1", "customerId"),
                ("organizationId=1", "organizationId"),
                ($"search={new string('x', 255)}", "search"),
            }
        )
        {
            (await host.PlatformAdmin.SendAsync("GET", $"/users?{query}"))
                .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
                .WrongFields.ShouldBe([field]);
        }
    }

    [Fact]
    public Task A_forged_cursor_is_refused() => host.PlatformAdmin.ShouldRefuseForgedCursorsAsync("/users");

    [Fact]
    public async Task Users_of_another_organisation_do_not_exist_for_its_administrators()
    {
        var other = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var stranger = await host.NewUserAsync("INSTALLER", other);
        (await admin.Client.SendAsync("GET", $"/users/{stranger.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await admin.Client.SendAsync("PATCH", $"/users/{stranger.Id}", new { active = false })).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
        (await admin.Client.SendAsync("GET", $"/users/{Unique.Id()}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await admin.Client.SendAsync("GET", "/users/not-an-id")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await admin.Client.SendAsync("GET", $"/users?organizationId={other}")).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "other-organization"
        );
        Ids(await admin.Client.GetAsync($"/users?search={stranger.Username}", HttpStatusCode.OK)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_platforms_administrators_reach_users_of_every_organisation()
    {
        var organizationId = await host.NewOrganizationAsync();
        var user = await host.NewUserAsync("INSTALLER", organizationId);
        (await host.PlatformAdmin.GetAsync($"/users/{user.Id}", HttpStatusCode.OK))["username"].ShouldBe(user.Username);
        Ids(await host.PlatformAdmin.GetAsync($"/users?organizationId={organizationId}", HttpStatusCode.OK)).ShouldBe([user.Id.ToString()]);
        Ids(await host.PlatformAdmin.GetAsync($"/users?search={user.Username}", HttpStatusCode.OK)).ShouldBeEmpty();
        var patched = await host.PlatformAdmin.ExpectAsync("PATCH", $"/users/{user.Id}", new { role = "ADMIN" }, HttpStatusCode.OK);
        patched["organizationId"].ShouldBe(organizationId.ToString());
    }

    [Fact]
    public async Task Installers_and_customers_may_not_manage_users()
    {
        var installer = await host.NewUserAsync("INSTALLER", await host.NewOrganizationAsync());
        var customer = await host.NewRegisteredUserAsync();
        foreach (var client in new[] { installer.Client, customer.Client })
        {
            (await client.SendAsync("GET", "/users")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
            (await client.SendAsync("GET", $"/users/{installer.Id}")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
            (await client.SendAsync("PATCH", $"/users/{installer.Id}", new { role = "ADMIN" })).ShouldBeProblem(
                HttpStatusCode.Forbidden,
                "forbidden"
            );
        }
        (await host.Client.SendAsync("GET", "/users")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task A_deactivated_user_cannot_log_in_or_refresh_until_activated_again()
    {
        var organizationId = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organizationId);
        var user = await host.NewUserAsync("INSTALLER", organizationId);
        var deactivated = await admin.Client.ExpectAsync("PATCH", $"/users/{user.Id}", new { active = false }, HttpStatusCode.OK);
        deactivated["active"].ShouldBe("False");
        deactivated["role"].ShouldBe("INSTALLER");
        (
            await host.Client.SendAsync("POST", "/auth/login", new { username = user.Username, password = IdentityFixture.Password })
        ).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
        await admin.Client.ExpectAsync("PATCH", $"/users/{user.Id}", new { active = true }, HttpStatusCode.OK, deactivated.ETag);
        (await host.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken = user.RefreshToken })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-refresh-token"
        );
        await host.LogInAsync(user.Username);
    }

    [Fact]
    public async Task An_unchanged_user_stays_as_they_were_and_keeps_their_session()
    {
        var organizationId = await host.NewOrganizationAsync();
        var user = await host.NewUserAsync("INSTALLER", organizationId);
        var before = await host.PlatformAdmin.GetAsync($"/users/{user.Id}", HttpStatusCode.OK);
        foreach (var patch in new[] { """{"role":"INSTALLER","active":true}""", "{}" })
        {
            var patched = await host.PlatformAdmin.ExpectAsync("PATCH", $"/users/{user.Id}", patch, HttpStatusCode.OK);
            (patched.Text, patched.ETag).ShouldBe((before.Text, before.ETag));
        }
        await host.Client.PostAsync("/auth/token/refresh", new { refreshToken = user.RefreshToken }, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Administrators_cannot_deactivate_or_demote_themselves()
    {
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        foreach (var patch in new[] { "{\"active\":false}", "{\"role\":\"INSTALLER\"}" })
        {
            (await admin.Client.SendAsync("PATCH", $"/users/{admin.Id}", patch)).ShouldBeProblem(HttpStatusCode.Conflict, "own-account");
        }
        await admin.Client.ExpectAsync("PATCH", $"/users/{admin.Id}", new { active = true, role = "ADMIN" }, HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("{\"active\":false}")]
    [InlineData("{\"role\":\"UNDERWRITER\"}")]
    public async Task The_last_active_administrator_of_an_organisation_stays(string patch)
    {
        var organizationId = await host.NewOrganizationAsync();
        var last = await host.NewUserAsync("ADMIN", organizationId);
        var leaver = await host.NewUserAsync("ADMIN", organizationId);
        await host.NewUserAsync("INSTALLER", organizationId);
        await last.Client.ExpectAsync("PATCH", $"/users/{leaver.Id}", patch, HttpStatusCode.OK);
        var path = $"/users/{last.Id}";
        // The one who has left has a token that works for some seconds yet; the platform's administrators are asked in the same way.
        (await leaver.Client.SendAsync("PATCH", path, patch)).ShouldBeProblem(HttpStatusCode.Conflict, "last-administrator");
        (await host.PlatformAdmin.SendAsync("PATCH", path, patch)).ShouldBeProblem(HttpStatusCode.Conflict, "last-administrator");
        var still = await host.PlatformAdmin.GetAsync(path, HttpStatusCode.OK);
        (still["role"], still["active"]).ShouldBe(("ADMIN", "True"));
    }

    [Fact]
    public async Task Of_two_administrators_who_deactivate_each_other_one_stays()
    {
        for (var round = 0; round < 10; round++)
        {
            var organizationId = await host.NewOrganizationAsync();
            var first = await host.NewUserAsync("ADMIN", organizationId);
            var second = await host.NewUserAsync("ADMIN", organizationId);
            var answers = await Task.WhenAll(
                first.Client.SendAsync("PATCH", $"/users/{second.Id}", new { active = false }),
                second.Client.SendAsync("PATCH", $"/users/{first.Id}", new { role = "INSTALLER" })
            );
            answers
                .Count(answer => answer.Status == HttpStatusCode.OK)
                .ShouldBe(1, string.Join('\n', answers.Select(answer => answer.Text)));
            answers.Single(answer => answer.Status != HttpStatusCode.OK).ShouldBeProblem(HttpStatusCode.Conflict, "last-administrator");
        }
    }

    [Fact]
    public async Task A_stale_entity_tag_is_refused_and_of_two_who_race_with_one_exactly_one_wins()
    {
        var user = await host.NewUserAsync("INSTALLER", await host.NewOrganizationAsync());
        var tag = (await host.PlatformAdmin.GetAsync($"/users/{user.Id}", HttpStatusCode.OK)).ETag;
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => host.PlatformAdmin.SendAsync("PATCH", $"/users/{user.Id}", new { active = false }, tag))
        );
        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        foreach (var loser in answers.Where(answer => answer.Status != HttpStatusCode.OK))
        {
            loser.ShouldBeProblem(HttpStatusCode.PreconditionFailed, "precondition-failed");
        }
    }

    [Fact]
    public async Task Bad_input_is_refused_and_nothing_is_stored()
    {
        var user = await host.NewUserAsync("INSTALLER", await host.NewOrganizationAsync());
        var path = $"/users/{user.Id}";
        var before = await host.PlatformAdmin.GetAsync(path, HttpStatusCode.OK);
        await host.PlatformAdmin.ShouldBeRefusedAsync("PATCH", path);
        await host.PlatformAdmin.ShouldRefuseAsync(
            "PATCH",
            path,
            new { role = "ADMIN", active = false },
            ("role", null, "wrong-type"),
            ("role", "BOSS", "wrong-type"),
            ("role", "ADMIN,CUSTOMER", "wrong-type"),
            ("role", 1, "wrong-type"),
            ("active", null, "wrong-type"),
            ("active", "yes", "wrong-type"),
            ("username", "x", "unknown-member"),
            ("organizationId", Unique.Id(), "unknown-member")
        );
        (await host.PlatformAdmin.GetAsync(path, HttpStatusCode.OK)).Text.ShouldBe(before.Text);
    }
}
