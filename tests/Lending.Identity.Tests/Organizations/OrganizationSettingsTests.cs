using System.Net;
using Lending.Identity.Tests.ApiKeys;
using Lending.Testing;

namespace Lending.Identity.Tests.Organizations;

/// <summary>What organisations set for themselves, and from where their staff may work.</summary>
public sealed class OrganizationSettingsTests(IdentityFixture host)
{
    private static readonly string[] Elsewhere = ["203.0.113.0/24", "2001:db8::/32"];
    private static readonly string[] Here = ["203.0.113.0/24", "127.0.0.0/8", "::1"];

    [Fact]
    public async Task Administrators_set_what_is_theirs_to_set_in_their_own_organisation()
    {
        var (own, other) = (await host.NewOrganizationAsync(), await host.NewOrganizationAsync());
        var admin = await host.NewUserAsync("ADMIN", own);
        var read = await admin.Client.GetAsync($"/organizations/{own}", HttpStatusCode.OK);
        read["locale"].ShouldBe("en");
        read["installersMayInviteInstallers"].ShouldBe("False");
        var patched = await admin.Client.ExpectAsync(
            "PATCH",
            $"/organizations/{own}",
            new
            {
                displayName = " Sonnenschein ",
                timeZone = "Europe/Vienna",
                locale = "de",
                installersMayInviteInstallers = true,
            },
            HttpStatusCode.OK
        );
        patched["displayName"].ShouldBe("Sonnenschein");
        (await admin.Client.GetAsync($"/organizations/{own}", HttpStatusCode.OK)).Text.ShouldBe(patched.Text);
        foreach (var body in (object[])[new { name = "Mine" }, new { country = "CH" }, new { currency = "CHF" }])
        {
            (await admin.Client.SendAsync("PATCH", $"/organizations/{own}", body)).ShouldBeProblem(
                HttpStatusCode.Forbidden,
                "platform-setting"
            );
        }
        (await admin.Client.SendAsync("GET", $"/organizations/{other}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await admin.Client.SendAsync("PATCH", $"/organizations/{other}", new { locale = "de" })).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
        var installer = await host.NewUserAsync("INSTALLER", own);
        (await installer.Client.SendAsync("GET", $"/organizations/{own}")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Nobody_shuts_themselves_out()
    {
        var own = await host.NewOrganizationAsync();
        var admin = await host.NewUserAsync("ADMIN", own);
        (await admin.Client.SendAsync("PATCH", $"/organizations/{own}", new { allowedAddresses = Elsewhere }))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["allowedAddresses"]);
        await admin.Client.ExpectAsync("PATCH", $"/organizations/{own}", new { allowedAddresses = Here }, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Staff_work_from_allowed_addresses_and_customers_and_keys_from_anywhere()
    {
        await using var own = await IdentityFixture.StartAsync();
        var chief = await own.LogInAsync("chief", IdentityFixture.AdminPassword);
        var customer = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", customer, HttpStatusCode.Created);
        var key = own.ClientWithKey((await chief.NewKeyAsync())["key"]!);
        var organization = Identity.Organizations.Organization.DefaultId;
        await own.ExecuteSqlAsync(
            $"UPDATE identity.organizations SET allowed_addresses = ARRAY['203.0.113.0/24'] WHERE id = '{organization}'"
        );
        own.Clock.Advance(TimeSpan.FromSeconds(29));
        (await chief.SendAsync("GET", "/users/me")).ShouldBeProblem(HttpStatusCode.Forbidden, "address-not-allowed");
        var customerClient = await own.LogInAsync(customer.username);
        (await customerClient.SendAsync("GET", "/users/me")).Status.ShouldBe(HttpStatusCode.OK);
        (await key.UseAsync(organization)).Status.ShouldBe(HttpStatusCode.OK);
        await own.ExecuteSqlAsync(
            $"UPDATE identity.organizations SET allowed_addresses = ARRAY['203.0.113.0/24', '127.0.0.1/32'] WHERE id = '{organization}'"
        );
        own.Clock.Advance(TimeSpan.FromSeconds(29));
        (await chief.SendAsync("GET", "/users/me")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
