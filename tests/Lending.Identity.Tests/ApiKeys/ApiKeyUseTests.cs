using System.Net;
using Lending.Identity.ApiKeys;
using Lending.Identity.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Identity.Tests.ApiKeys;

/// <summary>What a key lets in, and what it does not.</summary>
public sealed class ApiKeyUseTests(IdentityFixture host)
{
    [Fact]
    public async Task A_key_does_what_its_scopes_say_for_its_organisation_and_nothing_else()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organization);
        var key = host.Host.ClientWithKey((await admin.Client.NewKeyAsync())["key"]!);

        (await key.UseAsync(organization)).Status.ShouldBe(HttpStatusCode.OK);
        (await key.UseAsync(await host.NewOrganizationAsync())).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        foreach (var path in (string[])["/users/me", "/users", "/api-keys", "/organizations"])
        {
            (await key.SendAsync("GET", path)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        }
        (await key.SendAsync("POST", "/api-keys", KeyCalls.NewKey())).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_key_the_answer_is_the_same()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organization);
        var good = (await admin.Client.NewKeyAsync())["key"]!;
        var sandbox = (
            await admin.Client.NewKeyAsync(
                new
                {
                    name = "t",
                    mode = "sandbox",
                    scopes = KeyCalls.Scopes,
                }
            )
        )["key"]!;
        var revoked = await admin.Client.NewKeyAsync();
        await admin.Client.ExpectAsync("DELETE", $"/api-keys/{revoked.Id}", null, HttpStatusCode.NoContent);
        var foreign = await admin.Client.NewKeyAsync(
            new
            {
                name = "f",
                scopes = KeyCalls.Scopes,
                allowedAddresses = (List<string>)["203.0.113.0/24", "2001:db8::/32"],
            }
        );
        var expired = await admin.Client.NewKeyAsync();
        await host.Host.ExecuteSqlAsync(
            $"UPDATE identity.api_keys SET expires_at = now() - interval '1 second', created_at = now() - interval '1 day' WHERE id = '{expired.Id}'"
        );
        var lastLetter = good[^1] == 'A' ? 'B' : 'A';
        string[] bad =
        [
            revoked["key"]!,
            foreign["key"]!,
            expired["key"]!,
            good[..^1],
            good[..^1] + lastLetter,
            good + "A",
            good.ToUpperInvariant(),
            good.Replace("lend_live_", "lend_sandbox_", StringComparison.Ordinal),
            sandbox.Replace("lend_sandbox_", "lend_live_", StringComparison.Ordinal),
            ApiKey.NewText(ApiKeyMode.Live, Unique.Id()),
            "nonsense",
            " ",
            admin.AccessToken,
        ];
        var answers = new HashSet<string>();
        foreach (var key in bad)
        {
            var answer = await host.Host.ClientWithKey(key).UseAsync(organization);
            answer.ShouldBeRefused();
            answers.Add(answer["detail"]!);
        }
        answers.ShouldHaveSingleItem();
        (await host.Host.ClientWithKey(good).UseAsync(organization)).Status.ShouldBe(HttpStatusCode.OK, "so it was not something else");
    }

    [Fact]
    public async Task Two_credentials_are_none()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organization);
        var key = (await admin.Client.NewKeyAsync())["key"]!;
        (await host.Host.ClientWithKey(key).WithToken(admin.AccessToken).UseAsync(organization)).ShouldBeRefused();
        var twoKeys = host.Host.ClientWithKey(key);
        twoKeys.DefaultRequestHeaders.Add("X-Api-Key", key);
        (await twoKeys.UseAsync(organization)).ShouldBeRefused();
    }

    [Fact]
    public async Task A_key_from_an_allowed_address_works()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organization);
        var key = await admin.Client.NewKeyAsync(
            new
            {
                name = "here",
                scopes = KeyCalls.Scopes,
                allowedAddresses = (List<string>)["203.0.113.0/24", "127.0.0.1"],
            }
        );
        (await host.Host.ClientWithKey(key["key"]!).UseAsync(organization)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("narrow")]
    [InlineData("move")]
    public async Task A_change_holds_on_every_instance_within_30_seconds(string change)
    {
        await using var own = await IdentityFixture.StartAsync();
        own.Clock.Stop();
        var admin = await own.LogInAsync("chief", IdentityFixture.AdminPassword);
        var created = await admin.NewKeyAsync();
        var key = own.ClientWithKey(created["key"]!);
        (await key.UseAsync(OwnOrganization)).Status.ShouldBe(HttpStatusCode.OK);
        // Written behind the instance's back, as another instance does it.
        await own.ExecuteSqlAsync(
            change switch
            {
                "revoke" => $"UPDATE identity.api_keys SET revoked_at = now() WHERE id = '{created.Id}'",
                "narrow" => $"UPDATE identity.api_keys SET scopes = ARRAY['customers:read'] WHERE id = '{created.Id}'",
                _ => $"UPDATE identity.api_keys SET allowed_addresses = ARRAY['203.0.113.0/24'] WHERE id = '{created.Id}'",
            }
        );
        (await key.UseAsync(OwnOrganization)).Status.ShouldBe(HttpStatusCode.OK, "it was looked at just now");
        own.Clock.Advance(TimeSpan.FromSeconds(29));
        (await key.UseAsync(OwnOrganization)).Status.ShouldBe(change == "narrow" ? HttpStatusCode.Forbidden : HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_that_expires_stops_at_once()
    {
        await using var own = await IdentityFixture.StartAsync();
        own.Clock.Stop();
        var admin = await own.LogInAsync("chief", IdentityFixture.AdminPassword);
        var key = await admin.NewKeyAsync(
            new
            {
                name = "short",
                scopes = KeyCalls.Scopes,
                expiresAt = own.Clock.GetUtcNow().AddSeconds(10),
            }
        );
        var client = own.ClientWithKey(key["key"]!);
        (await client.UseAsync(OwnOrganization)).Status.ShouldBe(HttpStatusCode.OK);
        own.Clock.Advance(TimeSpan.FromSeconds(10));
        (await client.UseAsync(OwnOrganization)).ShouldBeRefused();
    }

    [Fact]
    public async Task Requests_are_counted_by_day_and_written_together()
    {
        await using var own = await IdentityFixture.StartAsync();
        own.Clock.Stop();
        var admin = await own.LogInAsync("chief", IdentityFixture.AdminPassword);
        var (first, second) = (await admin.NewKeyAsync(), await admin.NewKeyAsync());
        var (one, two) = (own.ClientWithKey(first["key"]!), own.ClientWithKey(second["key"]!));
        await one.UseAsync(OwnOrganization);
        var commands = await own.Services.CommandsOfAsync(async () =>
        {
            await one.UseAsync(OwnOrganization);
            await one.UseAsync(OwnOrganization);
        });
        commands.Count.ShouldBe(2, "each request reads the tiers, and nothing else");
        await two.UseAsync(OwnOrganization);
        var usage = own.Services.GetRequiredService<ApiKeyUsage>();
        (await own.Services.CommandsOfAsync(() => usage.WriteAsync(CancellationToken.None))).Count.ShouldBe(1);
        var etag = (await admin.GetAsync($"/api-keys/{first.Id}", HttpStatusCode.OK)).ETag;
        etag.ShouldBe(first.ETag, "using a key is no change of it");
        own.Clock.Advance(TimeSpan.FromDays(1));
        admin = await own.LogInAsync("chief", IdentityFixture.AdminPassword);
        await one.UseAsync(OwnOrganization);
        await usage.WriteAsync(CancellationToken.None);
        await usage.WriteAsync(CancellationToken.None);

        var days = await admin.GetAsync($"/api-keys/{first.Id}/usage", HttpStatusCode.OK);
        days["totalRequests"].ShouldBe("4");
        days.Json.GetProperty("items").EnumerateArray().Select(day => day.GetProperty("requests").GetInt64()).ShouldBe([1, 3]);
        days.Json.GetProperty("items")[0].GetProperty("day").GetString().ShouldBe($"{own.Clock.GetUtcNow():yyyy-MM-dd}");
        (await admin.GetAsync($"/api-keys/{first.Id}/usage?days=1", HttpStatusCode.OK))["totalRequests"].ShouldBe("1");
        (await admin.GetAsync($"/api-keys/{second.Id}/usage", HttpStatusCode.OK))["totalRequests"].ShouldBe("1");
        var listed = await admin.GetAsync($"/api-keys/{first.Id}", HttpStatusCode.OK);
        listed.Json.GetProperty("lastUsedAt").GetDateTimeOffset().ShouldBe(own.Clock.GetUtcNow(), TimeSpan.FromMinutes(1));
        var renamed = await admin.ExpectAsync("PATCH", $"/api-keys/{first.Id}", new { name = "new" }, HttpStatusCode.OK);
        renamed["lastUsedAt"].ShouldBe(listed["lastUsedAt"]);
    }

    [Fact]
    public async Task What_could_not_be_written_is_written_later()
    {
        await using var own = await IdentityFixture.StartAsync();
        var admin = await own.LogInAsync("chief", IdentityFixture.AdminPassword);
        var key = await admin.NewKeyAsync();
        await own.ClientWithKey(key["key"]!).UseAsync(OwnOrganization);
        var usage = own.Services.GetRequiredService<ApiKeyUsage>();
        await own.ExecuteSqlAsync("ALTER TABLE identity.api_key_days RENAME TO hidden");
        await Should.ThrowAsync<Npgsql.PostgresException>(() => usage.WriteAsync(CancellationToken.None));
        await own.ExecuteSqlAsync("ALTER TABLE identity.hidden RENAME TO api_key_days");
        await usage.WriteAsync(CancellationToken.None);
        (await admin.GetAsync($"/api-keys/{key.Id}/usage", HttpStatusCode.OK))["totalRequests"].ShouldBe("1");
    }

    [Fact]
    public async Task Sandbox_keys_share_an_organisation_of_their_own_with_the_settings_of_theirs()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organization);
        object sandboxKey = new
        {
            name = "test",
            mode = "sandbox",
            scopes = KeyCalls.SandboxScopes,
        };
        var (first, second) = (await admin.Client.NewKeyAsync(sandboxKey), await admin.Client.NewKeyAsync(sandboxKey));
        first["key"]!.ShouldStartWith("lend_sandbox_");
        var sandboxes = (Guid[])
            (
                await host.Host.ReadSqlAsync(
                    $"SELECT array_agg(DISTINCT acts_in_organization_id) FROM identity.api_keys WHERE organization_id = '{organization}'"
                )
            )!;
        var sandbox = sandboxes.ShouldHaveSingleItem();
        sandbox.ShouldNotBe(organization);
        var key = host.Host.ClientWithKey(second["key"]!);
        (await key.UseAsync(organization)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        // Nobody sees it among the organisations.
        (await host.PlatformAdmin.SendAsync("GET", $"/organizations/{sandbox}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await host.PlatformAdmin.SendAsync("PATCH", $"/organizations/{sandbox}", new { name = "x" })).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
        await host.PlatformAdmin.ExpectAsync(
            "PATCH",
            $"/organizations/{organization}",
            new { name = "Renamed", currency = "CHF" },
            HttpStatusCode.OK
        );
        var summary = await host.Host.InModuleAsync(
            sandbox,
            services =>
                services.GetRequiredService<IOrganizationDirectory>().GetAsync(sandbox, TestContext.Current.CancellationToken).AsTask()
        );
        (summary.Id, summary.Name, summary.Currency).ShouldBe((sandbox, "Renamed", "CHF"));
        // What is only for sandboxes is refused to a live key.
        (await admin.Client.SendAsync("POST", "/api-keys", new { name = "l", scopes = KeyCalls.SandboxScopes })).WrongFields.ShouldBe([
            "scopes",
        ]);
    }

    [Fact]
    public async Task Of_first_sandbox_keys_made_at_once_there_is_one_sandbox()
    {
        var organization = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", organization);
        object body = new
        {
            name = "test",
            mode = "sandbox",
            scopes = KeyCalls.Scopes,
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => admin.Client.SendAsync("POST", "/api-keys", body)));
        answers.ShouldContain(answer => answer.Status == HttpStatusCode.Created);
        foreach (var refused in answers.Where(answer => answer.Status != HttpStatusCode.Created))
        {
            refused.ShouldBeProblem(HttpStatusCode.Conflict, "concurrent-change");
        }
        var sandboxes = await host.Host.ReadSqlAsync($"SELECT count(*) FROM identity.organizations WHERE sandbox_of = '{organization}'");
        sandboxes.ShouldBe(1L);
    }

    private static readonly Guid OwnOrganization = Identity.Organizations.Organization.DefaultId;
}
