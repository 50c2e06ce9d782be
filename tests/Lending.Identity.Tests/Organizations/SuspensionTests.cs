using System.Net;
using Lending.Identity.Tests.ApiKeys;
using Lending.Testing;

namespace Lending.Identity.Tests.Organizations;

/// <summary>A suspended organisation: nothing of it works within 30 seconds, and everything again when it is resumed.</summary>
public sealed class SuspensionTests(IdentityFixture host)
{
    [Fact]
    public async Task All_tokens_and_keys_stop_within_30_seconds_and_work_again_after()
    {
        await using var own = await IdentityFixture.StartAsync();
        var chief = await own.LogInAsync("chief", IdentityFixture.AdminPassword);
        var organization = (await chief.PostAsync("/organizations", NewOrganization(), HttpStatusCode.Created)).Id;
        var body = IdentityFixture.Staff(organizationId: organization);
        var invited = await chief.PostAsync("/users/administrators", body, HttpStatusCode.Created);
        await own.AcceptAsync(invited["token"]!);
        var admin = await own.LogInAsync(body.username);
        var key = own.ClientWithKey((await admin.NewKeyAsync())["key"]!);
        var sandboxKey = own.ClientWithKey(
            (
                await admin.NewKeyAsync(
                    new
                    {
                        name = "test",
                        mode = "sandbox",
                        scopes = KeyCalls.Scopes,
                    }
                )
            )["key"]!
        );
        (await key.UseAsync(organization)).Status.ShouldBe(HttpStatusCode.OK);
        (await sandboxKey.UseAsync(organization)).Status.ShouldBe(HttpStatusCode.NotFound);

        await chief.PostAsync($"/organizations/{organization}/suspension", null, HttpStatusCode.NoContent);
        own.Clock.Advance(TimeSpan.FromSeconds(29));

        foreach (var client in new[] { admin, key, sandboxKey })
        {
            (await client.UseAsync(organization)).ShouldBeProblem(HttpStatusCode.Forbidden, "organization-suspended");
        }
        (await chief.GetAsync($"/organizations/{organization}", HttpStatusCode.OK))["suspendedAt"].ShouldNotBeNullOrEmpty();

        await chief.ExpectAsync("DELETE", $"/organizations/{organization}/suspension", null, HttpStatusCode.NoContent);
        own.Clock.Advance(TimeSpan.FromSeconds(29));

        (await admin.UseAsync(organization)).Status.ShouldBe(HttpStatusCode.OK);
        (await key.UseAsync(organization)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Both_ways_twice_are_once_and_the_platforms_own_cannot_be_suspended()
    {
        var organization = await host.NewOrganizationAsync();
        var path = $"/organizations/{organization}";
        await host.PlatformAdmin.PostAsync($"{path}/suspension", null, HttpStatusCode.NoContent);
        var first = await host.PlatformAdmin.GetAsync(path, HttpStatusCode.OK);
        await host.PlatformAdmin.PostAsync($"{path}/suspension", null, HttpStatusCode.NoContent);
        (await host.PlatformAdmin.GetAsync(path, HttpStatusCode.OK)).Text.ShouldBe(first.Text);
        await host.PlatformAdmin.ExpectAsync("DELETE", $"{path}/suspension", null, HttpStatusCode.NoContent);
        await host.PlatformAdmin.ExpectAsync("DELETE", $"{path}/suspension", null, HttpStatusCode.NoContent);
        (await host.PlatformAdmin.GetAsync(path, HttpStatusCode.OK))["suspendedAt"].ShouldBe("");

        (
            await host.PlatformAdmin.SendAsync("POST", $"/organizations/{Identity.Organizations.Organization.DefaultId}/suspension")
        ).ShouldBeProblem(HttpStatusCode.Conflict, "platform-organization");
        foreach (var method in (string[])["POST", "DELETE"])
        {
            (await host.PlatformAdmin.SendAsync(method, $"/organizations/{Unique.Id()}/suspension")).ShouldBeProblem(
                HttpStatusCode.NotFound,
                "not-found"
            );
        }
    }

    private static object NewOrganization() =>
        new
        {
            name = $"Organisation {Unique.Text()}",
            country = "DE",
            currency = "EUR",
            timeZone = "Europe/Berlin",
        };
}
