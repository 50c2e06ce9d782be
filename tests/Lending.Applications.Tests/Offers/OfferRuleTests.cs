using System.Net;
using Lending.Applications.Contracts;
using Lending.Kernel;
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

        (await ObstacleAsync(OfferTo(fixture.Customer(organization).Id))).ShouldBeNull();
    }

    [Fact]
    public async Task Where_it_does_only_an_approved_application_for_the_offer_lets_it_pass()
    {
        await RequireAsync(true);
        var (_, approved) = await AssessAsync(People.A());
        var (_, declined) = await AssessAsync(People.C);
        var ofDraft = OfferTo(fixture.Customer(organization).Id);
        await ApplicationsFixture.DraftAsync(Installer, ofDraft.CustomerId, new { offerId = ofDraft.Id });

        (await ObstacleAsync(approved)).ShouldBeNull();
        (await ObstacleAsync(declined))!.Code.ShouldBe("application-missing");
        (await ObstacleAsync(ofDraft))!.Code.ShouldBe("application-missing");
        (await ObstacleAsync(OfferTo(approved.CustomerId)))!.Code.ShouldBe("application-missing");
        var somebodyElses = approved with { CustomerId = fixture.Customer(organization).Id };
        (await ObstacleAsync(somebodyElses))!.Code.ShouldBe("application-missing", "somebody else's offer");

        await RequireAsync(false);
        (await ObstacleAsync(declined)).ShouldBeNull();
    }

    [Fact]
    public async Task An_offer_of_more_than_was_applied_for_does_not_pass()
    {
        await RequireAsync(true);
        var (_, offer) = await AssessAsync(People.A());

        (await ObstacleAsync(offer with { AmountOfCredit = 25_000.01m }))!.Code.ShouldBe("application-missing");
        (await ObstacleAsync(offer with { AmountOfCredit = 24_000 })).ShouldBeNull();
    }

    [Fact]
    public async Task An_offer_that_asks_for_more_in_a_month_than_was_decided_on_is_neither_approved_nor_accepted()
    {
        await RequireAsync(true);
        var (_, offer) = await AssessAsync(People.A());
        // 25,000 in 24 months instead of 120.
        var shorter = offer with
        {
            MonthlyInstalment = 1_107m,
        };

        (await ObstacleAsync(offer with { MonthlyInstalment = 276.30m })).ShouldBeNull();
        (await ObstacleAsync(offer with { MonthlyInstalment = 276.31m }))!.Code.ShouldBe("application-missing");
        (await ObstacleAsync(shorter))!.Code.ShouldBe("application-missing");
        (await AcceptanceObstacleAsync(shorter))!.Code.ShouldBe("application-missing");
    }

    [Fact]
    public async Task What_was_withdrawn_after_the_approval_lets_nothing_be_accepted()
    {
        await RequireAsync(true);
        var (id, offer) = await AssessAsync(People.A());
        (await AcceptanceObstacleAsync(offer)).ShouldBeNull();

        await Installer.PostAsync($"/applications/{id}/withdraw", new { }, HttpStatusCode.OK);

        (await AcceptanceObstacleAsync(offer))!.Code.ShouldBe("application-missing");
    }

    [Theory]
    [InlineData(3_200, 300, 100, null)]
    [InlineData(1_600, 1_600, 100, "second-applicant-not-liable")]
    [InlineData(300, 3_200, 100, "second-applicant-not-liable")]
    public async Task What_two_were_approved_for_passes_only_where_the_offer_s_customer_carries_it_alone(
        decimal first,
        decimal second,
        decimal housing,
        string? refused
    )
    {
        await RequireAsync(true);
        var (offer, partner) = (OfferTo(fixture.Customer(organization).Id), fixture.Customer(organization).Id);
        var id = await ApplicationsFixture.DraftAsync(Installer, offer.CustomerId, People.A(netIncome: People.Proved(first)));
        var joint = new
        {
            offerId = offer.Id,
            secondCustomerId = partner,
            adults = 2,
            housing = new { amount = housing },
            second = new
            {
                employment = "PERMANENT",
                employmentMonths = 60,
                netIncome = People.Proved(second),
            },
        };
        await Installer.ExpectAsync("PATCH", $"/applications/{id}", joint, HttpStatusCode.OK);
        await Installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
        (await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK))["application.status"].ShouldBe("APPROVED");

        ((await ObstacleAsync(offer))?.Code).ShouldBe(refused);
        ((await AcceptanceObstacleAsync(offer))?.Code).ShouldBe(refused);
        // To the other one of the two, it is the other way round.
        var toPartner = await ObstacleAsync(offer with { CustomerId = partner });
        (toPartner?.Code).ShouldBe(second == 3_200 ? null : "second-applicant-not-liable");
    }

    [Fact]
    public async Task Another_organisation_s_application_does_not_count()
    {
        var others = Unique.Id();
        var client = fixture.Host.ClientFor(Persons.Installer(others));
        var offer = OfferTo(fixture.Customer(others).Id);
        var (id, _) = await ApplicationsFixture.AssessedAsync(client, offer.CustomerId, People.A());
        await client.PostAsync($"/applications/{id}/reassess", null, HttpStatusCode.OK);
        await client.ExpectAsync("PATCH", $"/applications/{id}", new { offerId = offer.Id }, HttpStatusCode.OK);
        await client.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);
        await RequireAsync(true);

        (await ObstacleAsync(offer))!.Code.ShouldBe("application-missing");
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
        var (id, offer) = await AssessAsync(People.A());
        var accepted = new LoanOfferAccepted
        {
            OfferId = offer.Id,
            OrganizationId = organization,
            CustomerId = offer.CustomerId,
        };

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
        (await Installer.SendAsync("POST", $"/applications/{id}/reassess", null)).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "application-not-approved"
        );
    }

    private static GuardedOffer OfferTo(Guid customerId) => ApplicationsFixture.OfferTo(customerId, amount: 20_000);

    private Task<(Guid Id, GuardedOffer Offer)> AssessAsync(object details) =>
        fixture.AssessedForOfferAsync(organization, details, amount: 20_000);

    private Task<Answer> RequireAsync(bool needsApprovedApplication) =>
        Administrator.ExpectAsync("PUT", "/application-rules", new { needsApprovedApplication }, HttpStatusCode.OK);

    private Task<Error?> AcceptanceObstacleAsync(GuardedOffer offer) =>
        fixture.Host.InModuleAsync(
            organization,
            async services =>
            {
                foreach (var guard in services.GetServices<IAcceptanceGuard>())
                {
                    if (await guard.FindObstacleAsync(offer, TestContext.Current.CancellationToken) is { } obstacle)
                    {
                        return obstacle;
                    }
                }
                return null;
            }
        );

    private Task<Error?> ObstacleAsync(GuardedOffer offer) => fixture.FindObstacleToApprovalAsync(organization, offer);
}
