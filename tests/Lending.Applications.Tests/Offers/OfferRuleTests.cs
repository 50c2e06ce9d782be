using System.Net;
using Lending.Applications.Contracts;
using Lending.Loans.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Applications.Tests.Offers;

/// <summary>Whether offers need an approved application, and what becomes of one whose offer was accepted.</summary>
public sealed class OfferRuleTests(ApplicationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Administrator => fixture.Host.ClientFor(Persons.Administrator(organization));

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    [Fact]
    public async Task Unless_the_organisation_says_so_offers_need_no_application()
    {
        (await Administrator.GetAsync("/application-rules", HttpStatusCode.OK))["needsApprovedApplication"].ShouldBe(bool.FalseString);

        (await ObstacleAsync(Unique.Id())).ShouldBeNull();
    }

    [Fact]
    public async Task Where_it_does_only_an_approved_application_for_the_offer_lets_it_pass()
    {
        await RequireAsync(true);
        var (approvedOffer, declinedOffer, draftOffer) = (Unique.Id(), Unique.Id(), Unique.Id());
        await AssessAsync(approvedOffer, People.A());
        await AssessAsync(declinedOffer, People.C);
        await ApplicationsFixture.DraftAsync(Installer, fixture.Customer(organization).Id, new { offerId = draftOffer });

        (await ObstacleAsync(approvedOffer)).ShouldBeNull();
        (await ObstacleAsync(declinedOffer))!.Code.ShouldBe("application-missing");
        (await ObstacleAsync(draftOffer))!.Code.ShouldBe("application-missing");
        (await ObstacleAsync(Unique.Id()))!.Code.ShouldBe("application-missing");
        fixture.Offer(approvedOffer, fixture.Customer(organization).Id, 25_000);
        (await ObstacleAsync(approvedOffer))!.Code.ShouldBe("application-missing", "somebody else's offer");

        await RequireAsync(false);
        (await ObstacleAsync(declinedOffer)).ShouldBeNull();
    }

    [Fact]
    public async Task An_offer_of_more_than_was_applied_for_does_not_pass()
    {
        await RequireAsync(true);
        var offerId = Unique.Id();
        var (_, customerId) = await AssessAsync(offerId, People.A());

        fixture.Offer(offerId, customerId, 25_000.01m);
        (await ObstacleAsync(offerId))!.Code.ShouldBe("application-missing");
        fixture.Offer(offerId, customerId, 24_000);
        (await ObstacleAsync(offerId)).ShouldBeNull();
    }

    [Fact]
    public async Task Another_organisation_s_application_does_not_count()
    {
        var offerId = Unique.Id();
        var others = Unique.Id();
        var client = fixture.Host.ClientFor(Persons.Installer(others));
        var customerId = fixture.Customer(others).Id;
        fixture.Offer(offerId, customerId, 20_000);
        var (id, _) = await ApplicationsFixture.AssessedAsync(client, customerId, People.A());
        await client.PostAsync($"/applications/{id}/reassess", null, HttpStatusCode.OK);
        await client.ExpectAsync("PATCH", $"/applications/{id}", new { offerId }, HttpStatusCode.OK);
        await client.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);
        await RequireAsync(true);

        (await ObstacleAsync(offerId))!.Code.ShouldBe("application-missing");
    }

    [Fact]
    public async Task Only_administrators_say_so()
    {
        (await Installer.SendAsync("PUT", "/application-rules", new { needsApprovedApplication = true })).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        (await Administrator.SendAsync("PUT", "/application-rules", new { })).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
        await Administrator.ShouldBeRefusedAsync("PUT", "/application-rules");
    }

    [Fact]
    public async Task An_approved_application_becomes_a_contract_with_its_offer_and_twice_is_once()
    {
        var offerId = Unique.Id();
        var (id, _) = await AssessAsync(offerId, People.A());
        var accepted = new LoanOfferAccepted { OfferId = offerId, OrganizationId = organization };

        for (var time = 0; time < 2; time++)
        {
            await fixture.Host.InModuleAsync(
                organization,
                async services =>
                {
                    var handler = services.GetRequiredService<AcceptedApplications>();
                    await handler.HandleAsync(accepted, Unique.Id(), CancellationToken.None);
                    return true;
                }
            );
            (await Installer.GetAsync($"/applications/{id}", HttpStatusCode.OK))["application.status"].ShouldBe("CONTRACTED");
        }
        (await Installer.SendAsync("POST", $"/applications/{id}/withdraw", new { })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "application-not-open"
        );
    }

    private async Task<(Guid Id, Guid CustomerId)> AssessAsync(Guid offerId, object details)
    {
        var customerId = fixture.Customer(organization).Id;
        fixture.Offer(offerId, customerId, 20_000);
        var id = await ApplicationsFixture.DraftAsync(Installer, customerId, details);
        await Installer.ExpectAsync("PATCH", $"/applications/{id}", new { offerId }, HttpStatusCode.OK);
        await Installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
        await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);
        return (id, customerId);
    }

    private Task<Answer> RequireAsync(bool needsApprovedApplication) =>
        Administrator.ExpectAsync("PUT", "/application-rules", new { needsApprovedApplication }, HttpStatusCode.OK);

    private Task<OfferObjection?> ObstacleAsync(Guid offerId) =>
        fixture.Host.InModuleAsync(
            organization,
            services =>
                services
                    .GetRequiredService<IOfferApprovalGuard>()
                    .ObjectionAsync(organization, offerId, TestContext.Current.CancellationToken)
        );
}
