using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lending.Identity.ApiKeys;
using Lending.Testing;

namespace Lending.Identity.Tests.ApiKeys;

/// <summary>Creating, listing, changing and revoking keys.</summary>
public sealed class ApiKeyAdministrationTests(IdentityFixture host)
{
    private static DateTimeOffset In(double days) => TimeProvider.System.GetUtcNow().AddDays(days);

    [Fact]
    public async Task The_key_is_answered_once_and_its_hash_is_all_that_is_stored()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organization);

        var created = await admin.Client.NewKeyAsync(
            new
            {
                name = " ERP ",
                scopes = (List<string>)[KeyCalls.Scope, KeyCalls.Scope],
                allowedAddresses = (List<string>)["203.0.113.0/24", "2001:db8::/32", "203.0.113.7", "10.1.2.3/8"],
            }
        );

        var key = created["key"]!;
        key.ShouldBe($"lend_live_{created.Id:N}_{key[^43..]}");
        created["prefix"].ShouldBe(key[..^44]);
        created.Location!.ToString().ShouldBe($"/api/v1/api-keys/{created.Id}");
        created["name"].ShouldBe("ERP");
        created["mode"].ShouldBe("live");
        created["scopes"].ShouldBe("""["organization:all"]""");
        created["allowedAddresses"].ShouldBe("""["203.0.113.0/24","2001:db8::/32","203.0.113.7/32","10.0.0.0/8"]""");
        created["createdBy.id"].ShouldBe(admin.Id.ToString());
        created.Json.GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(In(365), TimeSpan.FromMinutes(5));
        created.Json.GetProperty("lastUsedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        var read = await admin.Client.GetAsync($"/api-keys/{created.Id}", HttpStatusCode.OK);
        read.ETag.ShouldBe(created.ETag);
        var withoutKey = JsonNode.Parse(created.Text)!.AsObject();
        withoutKey.Remove("key").ShouldBeTrue();
        JsonNode.DeepEquals(JsonNode.Parse(read.Text), withoutKey).ShouldBeTrue(read.Text);
        (await admin.Client.GetAsync("/api-keys", HttpStatusCode.OK)).Text.ShouldNotContain(key[^43..]);
        var row = (string)
            (await host.Host.ReadSqlAsync($"SELECT row_to_json(k)::text FROM identity.api_keys k WHERE id = '{created.Id}'"))!;
        row.ShouldNotContain(key[^43..]);
        row.ShouldContain(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key))));
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["organization:all"]}""", "name", "not-empty")]
    [InlineData("""{"name":"a\nb","scopes":["organization:all"]}""", "name", "control-character")]
    [InlineData("""{"name":"a","scopes":[]}""", "scopes", "not-empty")]
    [InlineData("""{"name":"a","scopes":[null]}""", "scopes", "invalid-scopes")]
    [InlineData("""{"name":"a","scopes":["no:such"]}""", "scopes", "scope-not-allowed")]
    [InlineData("""{"name":"a","scopes":["account:own"]}""", "scopes", "scope-not-allowed")]
    [InlineData("""{"name":"a","scopes":["users:manage"]}""", "scopes", "scope-not-allowed")]
    [InlineData("""{"name":"a","scopes":["organizations:manage"]}""", "scopes", "scope-not-allowed")]
    [InlineData("""{"name":"a","scopes":["api-keys:manage"]}""", "scopes", "scope-not-allowed")]
    [InlineData("""{"name":"a","scopes":["installers:create"]}""", "scopes", "scope-not-allowed")]
    [InlineData("""{"name":"a","scopes":["neighbours:greet"]}""", "scopes", "scope-not-allowed")]
    [InlineData("""{"name":"a","scopes":["organization:all"],"expiresAt":"2020-01-01T00:00:00Z"}""", "expiresAt", "expires-in-the-past")]
    [InlineData("""{"name":"a","scopes":["organization:all"],"expiresAt":"2999-01-01T00:00:00Z"}""", "expiresAt", "expires-too-late")]
    [InlineData("""{"name":"a","scopes":["organization:all"],"allowedAddresses":["localhost"]}""", "allowedAddresses", "invalid-range")]
    [InlineData("""{"name":"a","scopes":["organization:all"],"allowedAddresses":[null]}""", "allowedAddresses", "invalid-range")]
    [InlineData("""{"name":"a","scopes":["organization:all"],"allowedAddresses":["10.0.0.0/33"]}""", "allowedAddresses", "invalid-range")]
    public async Task What_is_wrong_is_refused(string body, string field, string code)
    {
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());

        var answer = await admin.Client.SendAsync("POST", "/api-keys", body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        var error = answer.Json.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("name").GetString().ShouldBe(field);
        error.GetProperty("code").GetString().ShouldBe(code);
        (await admin.Client.GetAsync("/api-keys", HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        var key = await admin.Client.NewKeyAsync();
        var patch = await admin.Client.SendAsync("PATCH", $"/api-keys/{key.Id}", body);
        patch.Status.ShouldBe(HttpStatusCode.BadRequest, patch.Text);
    }

    [Fact]
    public async Task Bad_bodies_are_refused()
    {
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        await admin.Client.ShouldBeRefusedAsync("POST", "/api-keys");
        await admin.Client.ShouldBeRefusedAsync("PATCH", $"/api-keys/{(await admin.Client.NewKeyAsync()).Id}");
        await admin.Client.ShouldRefuseForgedCursorsAsync("/api-keys");
        (await admin.Client.SendAsync("GET", $"/api-keys/{(await admin.Client.NewKeyAsync()).Id}/usage?days=0")).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
    }

    [Fact]
    public async Task Administrators_see_and_touch_their_own_organisations_keys_only()
    {
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var other = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var (first, second) = (await admin.Client.NewKeyAsync(), await admin.Client.NewKeyAsync());

        var list = await admin.Client.GetAsync("/api-keys?includeTotal=true&limit=1", HttpStatusCode.OK);
        list["total"].ShouldBe("2");
        list.Json.GetProperty("items")[0].GetProperty("id").GetGuid().ShouldBe(second.Id);
        var rest = await admin.Client.GetAsync($"/api-keys?cursor={list["nextCursor"]}", HttpStatusCode.OK);
        rest.Json.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(first.Id);
        foreach (var stranger in new[] { other.Client, host.PlatformAdmin })
        {
            (await stranger.GetAsync("/api-keys?limit=200", HttpStatusCode.OK)).Text.ShouldNotContain(first.Id.ToString());
            foreach (var (method, path) in new[] { ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "/usage") })
            {
                var body = method == "PATCH" ? new { name = "mine" } : null;
                (await stranger.SendAsync(method, $"/api-keys/{first.Id}{path}", body)).ShouldBeProblem(
                    HttpStatusCode.NotFound,
                    "not-found"
                );
            }
        }
    }

    [Fact]
    public async Task Each_member_can_be_changed_alone()
    {
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var key = await admin.Client.NewKeyAsync(
            new
            {
                name = "ERP",
                mode = "sandbox",
                scopes = KeyCalls.SandboxScopes,
            }
        );
        await admin.Client.ShouldChangeEachMemberAloneAsync<PatchApiKey.Request>(
            _ => $"/api-keys/{key.Id}",
            new JsonObject
            {
                ["name"] = "Portal",
                ["scopes"] = new JsonArray(KeyCalls.Scope),
                ["expiresAt"] = "2027-01-01T00:00:00+00:00",
                ["allowedAddresses"] = new JsonArray("203.0.113.0/24"),
            }
        );
        (await admin.Client.SendAsync("PATCH", $"/api-keys/{key.Id}", new { name = "x" }, "\"1\"")).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );
    }

    [Fact]
    public async Task A_revoked_key_stays_in_the_list_and_cannot_be_changed()
    {
        var admin = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());
        var key = await admin.Client.NewKeyAsync();
        await admin.Client.ExpectAsync("DELETE", $"/api-keys/{key.Id}", null, HttpStatusCode.NoContent);
        var revoked = await admin.Client.GetAsync($"/api-keys/{key.Id}", HttpStatusCode.OK);
        revoked.Json.GetProperty("revokedAt").GetDateTimeOffset().ShouldBe(In(0), TimeSpan.FromMinutes(5));
        await admin.Client.ExpectAsync("DELETE", $"/api-keys/{key.Id}", null, HttpStatusCode.NoContent);
        (await admin.Client.GetAsync($"/api-keys/{key.Id}", HttpStatusCode.OK)).Text.ShouldBe(revoked.Text);
        (await admin.Client.SendAsync("PATCH", $"/api-keys/{key.Id}", new { name = "again" })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "api-key-revoked"
        );
    }
}
