using System.Net;
using Lending.Applications.Reviews;
using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Applications.Tests.Reviews;

/// <summary>Refusals that customers want looked at, and what two people decide against a rule.</summary>
public sealed class OverrideTests(ApplicationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    private HttpClient Underwriter() => fixture.Host.ClientFor(Persons.Underwriter(organization));

    [Fact]
    public async Task A_customer_gets_a_person_to_look_at_a_refusal_and_an_override_takes_two()
    {
        var customer = fixture.Customer(organization);
        var own = fixture.Host.ClientFor(Persons.Customer(organization, customer.Id));
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.C);
        (await own.PostAsync($"/applications/{id}/review-requests", new { comment = "The loan ends in March." }, HttpStatusCode.OK))[
            "application.status"
        ]
            .ShouldBe("REVIEW_REQUESTED");
        var (first, second) = (Underwriter(), Underwriter());

        (await first.PostAsync($"/applications/{id}/claim", null, HttpStatusCode.OK))["application.status"].ShouldBe("IN_REVIEW");
        var proposed = await first.DecideAsync(id, "APPROVED");
        proposed["application.status"].ShouldBe("IN_REVIEW");
        (await first.DecideAsync(id, "APPROVED")).ShouldBeProblem(HttpStatusCode.Forbidden, "second-person-required");
        var decided = await second.DecideAsync(id, "APPROVED");

        decided["application.status"].ShouldBe("APPROVED");
        var review = (await fixture.ReviewsAsync(organization, id)).ShouldHaveSingleItem();
        review.IsOverride.ShouldBeTrue();
        review.ConfirmedById.ShouldNotBeNull();
        review.ConfirmedById.ShouldNotBe(review.DecidedBy.Id);
    }

    [Fact]
    public async Task A_second_person_who_says_otherwise_drops_the_override_and_the_customer_is_told_that_a_person_decided()
    {
        var customer = fixture.Customer(organization);
        var own = fixture.Host.ClientFor(Persons.Customer(organization, customer.Id));
        var id = await ProposedAsync(customer.Id);

        var declined = await Underwriter().DeclineAsync(id, "SURPLUS");

        declined["application.status"].ShouldBe("DECLINED");
        (await fixture.ReviewsAsync(organization, id))
            .Select(review => (review.Result, review.ConfirmedById is null))
            .ShouldBe([(ReviewResult.Approved, true), (ReviewResult.Declined, true)]);
        var mails = fixture.Host.Messages.To(customer.Email);
        mails
            .Select(mail => mail.Kind)
            .ShouldBe([
                MessageKind.ApplicationReceived,
                MessageKind.ApplicationDeclined,
                MessageKind.ApplicationReviewRequested,
                MessageKind.ApplicationDeclined,
            ]);
        mails[^1].Values["how"].ShouldBe("A person made the decision.");
        mails[^1].Values["reasons"].ShouldBe(mails[1].Values["reasons"], "the same reason, with what would pass");
        (await own.SendAsync("POST", $"/applications/{id}/review-requests", new { })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "application-reviewed"
        );
        (await own.GetAsync($"/applications/{id}", HttpStatusCode.OK))["application.status"].ShouldBe("DECLINED");
    }

    [Fact]
    public async Task Of_many_who_confirm_an_override_at_once_one_does()
    {
        var id = await ProposedAsync(fixture.Customer(organization).Id);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Underwriter().DecideAsync(id, "APPROVED")));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Where(answer => answer.Status != HttpStatusCode.OK).ShouldAllBe(answer => answer.Code == "application-not-in-review");
    }

    [Fact]
    public async Task The_database_refuses_an_override_by_one_person_alone()
    {
        var id = await ProposedAsync(fixture.Customer(organization).Id);

        await using var command = fixture.Host.Database.CreateCommand(
            $"UPDATE applications.reviews SET confirmed_by_id = decided_by_id, confirmed_by_username = 'x' WHERE application_id = '{id}'"
        );
        (await Should.ThrowAsync<Npgsql.PostgresException>(command.ExecuteNonQueryAsync())).ConstraintName.ShouldBe(
            "ck_reviews_confirmed_by"
        );
    }

    /// <summary>A refusal that its customer wants looked at, and that one person would approve.</summary>
    private async Task<Guid> ProposedAsync(Guid customerId)
    {
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, customerId, People.C);
        await fixture
            .Host.ClientFor(Persons.Customer(organization, customerId))
            .PostAsync($"/applications/{id}/review-requests", new { }, HttpStatusCode.OK);
        var first = Underwriter();
        await first.PostAsync($"/applications/{id}/claim", null, HttpStatusCode.OK);
        await first.DecideAsync(id, "APPROVED");
        return id;
    }
}
