using System.Net;
using System.Text.Json.Nodes;
using Lending.Identity.Organizations;
using Lending.Testing;

namespace Lending.Identity.Tests.Organizations;

public sealed class OrganizationTests(IdentityFixture host)
{
    private static readonly object Right = new
    {
        name = "Sonnenschein Solar GmbH",
        country = "CH",
        currency = "CHF",
        timeZone = "Europe/Zurich",
    };

    [Fact]
    public async Task Created_read_and_changed()
    {
        var created = await host.PlatformAdmin.PostAsync("/organizations", Right, HttpStatusCode.Created);
        created["name"].ShouldBe("Sonnenschein Solar GmbH");
        created["country"].ShouldBe("CH");
        created["currency"].ShouldBe("CHF");
        created["timeZone"].ShouldBe("Europe/Zurich");
        created.Location!.ToString().ShouldBe($"/api/v1/organizations/{created.Id}");
        var read = await host.PlatformAdmin.GetAsync($"/organizations/{created.Id}", HttpStatusCode.OK);
        read.Text.ShouldBe(created.Text);
        read.ETag.ShouldBe(created.ETag);

        var patched = await host.PlatformAdmin.ExpectAsync(
            "PATCH",
            $"/organizations/{created.Id}",
            new { currency = "JPY" },
            HttpStatusCode.OK,
            read.ETag
        );
        patched["currency"].ShouldBe("JPY");
        patched["name"].ShouldBe("Sonnenschein Solar GmbH");
        (await host.PlatformAdmin.SendAsync("PATCH", $"/organizations/{created.Id}", new { currency = "EUR" }, read.ETag)).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":"Sonnenschein Solar GmbH","country":"CH","currency":"CHF","timeZone":"Europe/Zurich"}""")]
    public async Task A_change_of_nothing_changes_nothing(string patch)
    {
        var created = await host.PlatformAdmin.PostAsync("/organizations", Right, HttpStatusCode.Created);

        var patched = await host.PlatformAdmin.ExpectAsync("PATCH", $"/organizations/{created.Id}", patch, HttpStatusCode.OK);

        (patched.Text, patched.ETag).ShouldBe((created.Text, created.ETag));
    }

    [Fact]
    public async Task A_patch_of_one_member_leaves_all_others()
    {
        var created = await host.PlatformAdmin.PostAsync("/organizations", Right, HttpStatusCode.Created);
        var changes = new JsonObject
        {
            ["name"] = "Nordlicht AG",
            ["country"] = "JP",
            ["currency"] = "JPY",
            ["timeZone"] = "Asia/Tokyo",
            ["allowPayoutBeforeWithdrawalEnds"] = true,
            ["displayName"] = "Nordlicht",
            ["locale"] = "de",
            ["allowedAddresses"] = new JsonArray("203.0.113.0/24"),
            ["installersMayInviteInstallers"] = true,
            ["termsMandatory"] = true,
            ["acceptanceNeedsCode"] = true,
            ["color"] = "#7a1f5c",
        };
        changes.Count.ShouldBe(12);

        await host.PlatformAdmin.ShouldChangeEachMemberAloneAsync<OrganizationRequest>(_ => $"/organizations/{created.Id}", changes);
    }

    [Fact]
    public async Task Listed_newest_first_page_by_page()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Insert(0, (await host.PlatformAdmin.PostAsync("/organizations", Right, HttpStatusCode.Created))["id"]!);
        }
        var seen = new List<string>();
        var query = "";
        do
        {
            var page = await host.PlatformAdmin.GetAsync($"/organizations?limit=2&includeTotal=true{query}", HttpStatusCode.OK);
            int.Parse(page["total"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(3);
            seen.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            query = $"&cursor={page["nextCursor"]}";
        } while (query != "&cursor=");
        seen.Where(ids.Contains).ShouldBe(ids);
        seen.ShouldContain("01900000-0000-7000-8000-000000000001");
        seen.ShouldBeUnique();
        (await host.PlatformAdmin.SendAsync("GET", "/organizations?limit=500")).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
    }

    [Fact]
    public Task A_forged_cursor_is_refused() => host.PlatformAdmin.ShouldRefuseForgedCursorsAsync("/organizations");

    [Fact]
    public async Task Only_the_platforms_administrators_see_and_make_them_all()
    {
        var organizationId = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organizationId);
        foreach (
            var (method, path, body) in new[]
            {
                ("GET", "/organizations", null),
                ("POST", "/organizations", Right),
                ("POST", $"/organizations/{organizationId}/suspension", null),
                ("DELETE", $"/organizations/{organizationId}/suspension", null),
            }
        )
        {
            (await admin.Client.SendAsync(method, path, body)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
            (await host.Client.SendAsync(method, path, body)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        }
    }

    [Fact]
    public async Task An_unknown_one_is_a_404()
    {
        (await host.PlatformAdmin.SendAsync("GET", $"/organizations/{Unique.Id()}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await host.PlatformAdmin.SendAsync("PATCH", $"/organizations/{Unique.Id()}", new { name = "x" })).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task Bad_input_is_refused_and_nothing_is_stored(string method)
    {
        await using var own = await IdentityFixture.StartAsync();
        var login = await own.Client.PostAsync(
            "/auth/login",
            new { username = "chief", password = IdentityFixture.AdminPassword },
            HttpStatusCode.OK
        );
        var admin = own.Client.WithToken(login["accessToken"]!);
        const string defaultPath = "/organizations/01900000-0000-7000-8000-000000000001";
        var path = method == "POST" ? "/organizations" : defaultPath;
        var before = await admin.GetAsync("/organizations", HttpStatusCode.OK);
        await admin.ShouldBeRefusedAsync(method, path);
        (string Field, System.Text.Json.Nodes.JsonNode? Value, string Code)[] cases =
        [
            ("name", BadFields.Missing, "not-empty"),
            ("name", null, "not-empty"),
            ("name", "", "not-empty"),
            ("name", 1, "wrong-type"),
            ("name", new string('x', 201), "maximum-length"),
            ("country", BadFields.Missing, "not-empty"),
            ("country", null, "not-empty"),
            ("country", "XX", "unknown-country"),
            ("country", "de", "unknown-country"),
            ("country", 49, "wrong-type"),
            ("currency", BadFields.Missing, "not-empty"),
            ("currency", null, "not-empty"),
            ("currency", "XXX", "unknown-currency"),
            ("currency", "eur", "unknown-currency"),
            ("currency", true, "wrong-type"),
            ("timeZone", BadFields.Missing, "not-empty"),
            ("timeZone", null, "not-empty"),
            ("timeZone", "Mars/Olympus", "unknown-time-zone"),
            ("timeZone", "W. Europe Standard Time", "unknown-time-zone"),
            ("timeZone", "../../etc/passwd", "unknown-time-zone"),
            ("timeZone", new string('x', 65), "maximum-length"),
            ("timeZone", 1, "wrong-type"),
            ("allowPayoutBeforeWithdrawalEnds", "true", "wrong-type"),
            ("allowPayoutBeforeWithdrawalEnds", null, "wrong-type"),
            ("displayName", new string('x', 201), "maximum-length"),
            ("locale", "fr", "unknown-locale"),
            ("locale", null, "unknown-locale"),
            ("acceptanceNeedsCode", "true", "wrong-type"),
            ("color", "red", "unknown-color"),
            ("color", "#ffcc00", "contrast-too-low"),
            ("allowedAddresses", new JsonArray("here"), "invalid-range"),
            ("allowedAddresses", null, "not-null"),
            ("installersMayInviteInstallers", 1, "wrong-type"),
            ("owner", "x", "unknown-member"),
        ];
        await admin.ShouldRefuseAsync(
            method,
            path,
            Right,
            [.. cases.Where(item => method == "POST" || !ReferenceEquals(item.Value, BadFields.Missing))]
        );
        (await admin.GetAsync("/organizations", HttpStatusCode.OK)).Text.ShouldBe(before.Text);
    }
}
