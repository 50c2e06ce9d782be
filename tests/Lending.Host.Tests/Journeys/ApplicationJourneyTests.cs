using System.Net;
using Lending.Testing;

namespace Lending.Host.Tests.Journeys;

/// <summary>A customer applies alone, is refused by policy, is told so by mail, and two people decide otherwise: over all modules as they really are.</summary>
public sealed class ApplicationJourneyTests(HostFixture host)
{
    private readonly World world = new(host);

    [Fact]
    public async Task A_refused_customer_is_told_why_gets_a_person_and_two_override_the_rule()
    {
        var organizationId = await world.CreateOrganizationAsync();
        var installer = await world.CreateInstallerAsync(organizationId);
        var (first, second) = (await world.CreateAdministratorAsync(organizationId), await world.CreateAdministratorAsync(organizationId));
        var customerId = await World.CreateCustomerAsync(installer);
        var customer = await world.ActivateCustomerAsync(installer, customerId);
        var application = await World.ApplyAsync(customer, customerId, SampleBodies.Household());
        var path = $"/applications/{application}";
        // What the customer calls the proof is none until somebody has seen it.
        await World.UntilAsync(customer, application, "COLLECTING");
        var seen = new { first = new { netIncome = new { evidence = "The payslip of October." } } };
        await installer.ExpectAsync("PATCH", path, seen, HttpStatusCode.OK);

        (await installer.PostAsync($"{path}/assess", null, HttpStatusCode.OK))["application.status"].ShouldBe("DECLINED");

        var explanation = await customer.GetAsync($"{path}/explanation", HttpStatusCode.OK);
        explanation
            .Json.GetProperty("reasons")[0]
            .GetProperty("wouldPass")
            .GetString()
            .ShouldBe("It would pass with an instalment of up to 70.00 EUR.");
        var messages = await first.GetAsync($"/notifications?customerId={customerId}", HttpStatusCode.OK);
        messages
            .Json.GetProperty("items")
            .EnumerateArray()
            .Select(message => message.GetProperty("kind").GetString())
            .ShouldContain("APPLICATION_DECLINED");
        await customer.PostAsync($"{path}/review-requests", new { comment = "The other loan ends in March." }, HttpStatusCode.OK);
        await first.PostAsync($"{path}/claim", null, HttpStatusCode.OK);
        var decision = new { result = "APPROVED", comment = "The other loan does end in March." };
        (await first.PostAsync($"{path}/decide", decision, HttpStatusCode.OK))["application.status"].ShouldBe("IN_REVIEW");
        (await second.PostAsync($"{path}/decide", decision, HttpStatusCode.OK))["application.status"].ShouldBe("APPROVED");
        (await customer.GetAsync(path, HttpStatusCode.OK))["application.status"].ShouldBe("APPROVED");
        var stranger = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        (await stranger.SendAsync("GET", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Where_the_organisation_says_so_an_offer_is_approved_with_an_approved_application_for_as_much()
    {
        var organizationId = await world.CreateOrganizationAsync();
        var installer = await world.CreateInstallerAsync(organizationId);
        var administrator = await world.CreateAdministratorAsync(organizationId);
        await administrator.ExpectAsync("PUT", "/application-rules", new { needsApprovedApplication = true }, HttpStatusCode.OK);
        var customerId = await World.CreateCustomerAsync(installer);
        var offerId = await World.CreateOfferAsync(installer, customerId);
        var offer = await installer.GetAsync($"/loan-offers/{offerId}", HttpStatusCode.OK);
        (await installer.SendAsync("POST", $"/loan-offers/{offerId}/approve", World.Decision(offer))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "application-missing"
        );

        var application = await World.ApplyAsync(installer, customerId, SampleBodies.Household(housing: 300, offerId: offerId));
        var path = $"/applications/{application}";
        await World.UntilAsync(installer, application, "APPROVED");

        // The offer grows beyond it, and is assessed anew.
        offer = await installer.ExpectAsync("PATCH", $"/loan-offers/{offerId}", new { loanAmount = 21_000 }, HttpStatusCode.OK);
        (await installer.GetAsync(path, HttpStatusCode.OK))["application.status"].ShouldBe("REASSESSING");
        (await installer.SendAsync("POST", $"/loan-offers/{offerId}/approve", World.Decision(offer))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "application-missing"
        );
        await installer.ExpectAsync("PATCH", path, new { loanAmount = 21_000 }, HttpStatusCode.OK);
        (await installer.PostAsync($"{path}/assess", null, HttpStatusCode.OK))["application.status"].ShouldBe("APPROVED");

        (await installer.PostAsync($"/loan-offers/{offerId}/approve", World.Decision(offer), HttpStatusCode.OK))["status"]
            .ShouldBe("APPROVED");
    }

    [Theory]
    [InlineData(true, true, "ACCEPTED")]
    [InlineData(true, false, "APPROVED")]
    [InlineData(false, true, "PENDING")]
    [InlineData(false, false, "PENDING")]
    public async Task Where_both_are_asked_for_an_offer_is_accepted_only_with_an_approved_application_and_the_form(
        bool isApproved,
        bool isInformed,
        string status
    )
    {
        var organizationId = await world.CreateOrganizationAsync();
        var installer = await world.CreateInstallerAsync(organizationId);
        var administrator = await world.CreateAdministratorAsync(organizationId);
        await administrator.ExpectAsync("PUT", "/application-rules", new { needsApprovedApplication = true }, HttpStatusCode.OK);
        await administrator.ExpectAsync("PUT", "/disclosure-settings", SampleBodies.DisclosureSettings("CCD2"), HttpStatusCode.OK);
        var customerId = await World.CreateCustomerAsync(installer);
        var customer = await world.ActivateCustomerAsync(installer, customerId);
        var offerId = await World.CreateOfferAsync(installer, customerId);
        var offer = await installer.GetAsync($"/loan-offers/{offerId}", HttpStatusCode.OK);
        if (isApproved)
        {
            var application = await World.ApplyAsync(installer, customerId, SampleBodies.Household(housing: 300, offerId: offerId));
            await World.UntilAsync(installer, application, "APPROVED");
        }
        if (isInformed)
        {
            var form = new { medium = "PAPER", language = "en" };
            await installer.PostAsync($"/loan-offers/{offerId}/disclosures", form, HttpStatusCode.Created);
        }

        var approval = await installer.SendAsync("POST", $"/loan-offers/{offerId}/approve", World.Decision(offer));
        var acceptance = await customer.SendAsync("POST", $"/loan-offers/{offerId}/accept", World.Acceptance(offer));

        if (!isApproved)
        {
            approval.ShouldBeProblem(HttpStatusCode.Conflict, "application-missing");
        }
        else if (!isInformed)
        {
            acceptance.ShouldBeProblem(HttpStatusCode.Conflict, "disclosure-missing");
        }
        (acceptance.Status == HttpStatusCode.OK).ShouldBe(isApproved && isInformed, acceptance.Text);
        (await installer.GetAsync($"/loan-offers/{offerId}", HttpStatusCode.OK))["status"].ShouldBe(status);
    }
}
