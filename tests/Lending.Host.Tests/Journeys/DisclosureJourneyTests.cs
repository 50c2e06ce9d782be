using System.Net;
using Lending.Testing;

namespace Lending.Host.Tests.Journeys;

/// <summary>From the offer to the acceptance where the law wants customers to be informed before, over all modules as they really are.</summary>
public sealed class DisclosureJourneyTests(HostFixture host)
{
    private readonly World world = new(host);

    [Fact]
    public async Task Nobody_accepts_before_they_have_the_form_of_the_present_version()
    {
        var organizationId = await world.CreateOrganizationAsync();
        var installer = await world.CreateInstallerAsync(organizationId);
        var administrator = await world.CreateAdministratorAsync(organizationId);
        await administrator.ExpectAsync("PUT", "/disclosure-settings", SampleBodies.DisclosureSettings("CCD2"), HttpStatusCode.OK);
        var customerId = await World.CreateCustomerAsync(installer);
        var customer = await world.ActivateCustomerAsync(installer, customerId);
        var offer = await installer.PostAsync("/loan-offers", World.NewOffer(customerId), HttpStatusCode.Created);
        // This form is of a version that is changed afterwards.
        await IssueAsync(installer, offer);
        var changed = await installer.ExpectAsync("PATCH", $"/loan-offers/{offer.Id}", new { termMonths = 60 }, HttpStatusCode.OK);
        changed["version"].ShouldBe("2");
        var approved = await installer.PostAsync($"/loan-offers/{offer.Id}/approve", World.Decision(changed), HttpStatusCode.OK);
        approved["version"].ShouldBe("2");
        var acceptance = World.Acceptance(approved);

        var refused = await customer.SendAsync("POST", $"/loan-offers/{offer.Id}/accept", acceptance);
        var issued = await IssueAsync(installer, approved, "LINK");
        var accepted = await customer.PostAsync($"/loan-offers/{offer.Id}/accept", acceptance, HttpStatusCode.OK);

        refused.ShouldBeProblem(HttpStatusCode.Conflict, "disclosure-missing");
        accepted["status"].ShouldBe("ACCEPTED");
        issued["offerHash"].ShouldBe(approved["documentHash"]);
        issued["form.offerHash"].ShouldBe(approved["documentHash"]);
        var rows = issued.Json.GetProperty("form").GetProperty("sections")[0].GetProperty("rows").EnumerateArray();
        rows.Single(row => row.GetProperty("topic").GetString() == "amount-of-credit")
            .GetProperty("value")
            .GetString()
            .ShouldNotBeNullOrEmpty();
        (await customer.GetAsync($"/loan-offers/{offer.Id}/disclosures?includeTotal=true", HttpStatusCode.OK))["total"].ShouldBe("2");
        await ShouldShowPageAsync(customer, issued);
        var stranger = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        (await stranger.SendAsync("GET", $"/disclosures/{issued.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    private static Task<Answer> IssueAsync(HttpClient installer, Answer offer, string medium = "PAPER") =>
        installer.PostAsync($"/loan-offers/{offer.Id}/disclosures", new { medium, language = "en" }, HttpStatusCode.Created);

    /// <summary>The page's style is the one that the policy names, and the policy permits nothing else.</summary>
    private static async Task ShouldShowPageAsync(HttpClient customer, Answer issued)
    {
        using var page = await customer.GetAsync(
            new Uri($"/api/v1/disclosures/{issued.Id}/page", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldContain(issued["formHash"]!);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotContain("script");
        var style = html.Split("<style>")[1].Split("</style>")[0];
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)));
        policy.ShouldContain($"style-src 'sha256-{hash}'");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }
}
