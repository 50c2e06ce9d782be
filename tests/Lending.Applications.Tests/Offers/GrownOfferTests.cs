using System.Net;
using Lending.Applications.Scoring;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Applications.Tests.Offers;

/// <summary>What becomes of an approved application whose offer is given new terms.</summary>
public sealed class GrownOfferTests(ApplicationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    [Fact]
    public async Task An_offer_of_more_than_was_approved_opens_the_application_again()
    {
        var (id, offer) = await ApprovedAsync();

        await FollowAsync(offer with { AmountOfCredit = 25_000 });
        (await StatusAsync(id)).ShouldBe("APPROVED");
        await FollowAsync(offer with { AmountOfCredit = 25_000.01m });
        (await StatusAsync(id)).ShouldBe("REASSESSING");
        await FollowAsync(offer with { AmountOfCredit = 30_000 });

        // It is decided on anew, with what is asked for now.
        await Installer.ExpectAsync("PATCH", $"/applications/{id}", new { loanAmount = 30_000 }, HttpStatusCode.OK);
        (await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK))["application.status"].ShouldBe("APPROVED");
        (await ObstacleAsync(offer with { AmountOfCredit = 30_000 })).ShouldBeNull();
    }

    [Fact]
    public async Task An_offer_that_asks_for_more_in_a_month_opens_it_again_and_is_decided_on_with_that()
    {
        var (id, offer) = await ApprovedAsync();

        await FollowAsync(offer with { MonthlyInstalment = 276.30m });
        (await StatusAsync(id)).ShouldBe("APPROVED");
        // The same amount in 24 months instead of 120.
        var shorter = offer with
        {
            MonthlyInstalment = 1_107m,
        };
        fixture.Know(organization, shorter);
        await FollowAsync(shorter);
        (await StatusAsync(id)).ShouldBe("REASSESSING");

        var decided = await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);

        decided["application.status"].ShouldBe("IN_REVIEW");
        var kept = await fixture.ReadAsync(
            organization,
            db => db.Decisions.Where(row => row.ApplicationId == id).OrderBy(row => row.Id).ToListAsync()
        );
        kept.Select(row => row.Read().Inputs.Instalment).ShouldBe([276.30m, 1_107m]);
    }

    [Fact]
    public async Task How_much_it_may_grow_without_is_the_live_policy_s_and_growth_adds_up()
    {
        await fixture.DecideByAsync(organization, CreditPolicy.Standard with { Version = "grows", GrowthPercentWithoutReassessment = 10 });
        await fixture
            .Host.ClientFor(Persons.Administrator(organization))
            .ExpectAsync("PUT", "/application-rules", new { needsApprovedApplication = true }, HttpStatusCode.OK);
        var (id, offer) = await ApprovedAsync();

        foreach (var amount in (decimal[])[26_500, 27_500])
        {
            await FollowAsync(offer with { AmountOfCredit = amount });
            (await StatusAsync(id)).ShouldBe("APPROVED");
            (await ObstacleAsync(offer with { AmountOfCredit = amount })).ShouldBeNull();
        }
        (await ObstacleAsync(offer with { MonthlyInstalment = 303.93m })).ShouldBeNull();
        (await ObstacleAsync(offer with { MonthlyInstalment = 303.94m }))!.Code.ShouldBe("application-missing");
        (await ObstacleAsync(offer with { AmountOfCredit = 27_500.01m }))!.Code.ShouldBe("application-missing");
        await FollowAsync(offer with { AmountOfCredit = 27_500.01m });
        (await StatusAsync(id)).ShouldBe("REASSESSING");
    }

    [Fact]
    public async Task Another_offer_and_another_organisation_s_leave_it_alone()
    {
        var (id, offer) = await ApprovedAsync();

        await FollowAsync(offer with { Id = Unique.Id(), AmountOfCredit = 90_000 });
        await FollowAsync(offer with { AmountOfCredit = 90_000 }, Unique.Id());

        (await StatusAsync(id)).ShouldBe("APPROVED");
    }

    private async Task<(Guid Id, GuardedOffer Offer)> ApprovedAsync()
    {
        var (id, offer) = await fixture.AssessedForOfferAsync(organization, People.A(), amount: 25_000);
        (await StatusAsync(id)).ShouldBe("APPROVED");
        return (id, offer);
    }

    // As Loans does, in the transaction of the change.
    private Task<bool> FollowAsync(GuardedOffer offer, Guid? by = null) =>
        fixture.Host.InModuleAsync(
            by ?? organization,
            async services =>
            {
                var ct = TestContext.Current.CancellationToken;
                await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(ct);
                await services.GetRequiredService<IChangedOffers>().FollowAsync(offer, ct);
                await transaction.CommitAsync(ct);
                return true;
            }
        );

    private async Task<string?> StatusAsync(Guid id) =>
        (await Installer.GetAsync($"/applications/{id}", HttpStatusCode.OK))["application.status"];

    private Task<Error?> ObstacleAsync(GuardedOffer offer) => fixture.FindObstacleToApprovalAsync(organization, offer);
}
