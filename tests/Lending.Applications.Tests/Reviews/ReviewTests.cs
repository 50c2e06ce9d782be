using System.Net;
using Lending.Applications.Reviews;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Tests.Reviews;

/// <summary>What people decide: what the policy leaves to them, refusals that customers want looked at, and overrides by two.</summary>
public sealed class ReviewTests(ApplicationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    private HttpClient Underwriter() => fixture.Host.ClientFor(Persons.Underwriter(organization));

    [Fact]
    public async Task What_the_policy_leaves_to_people_is_claimed_and_decided_by_one()
    {
        var (id, answer) = await ApplicationsFixture.AssessedAsync(
            Installer,
            fixture.Customer(organization, "ClassThree").Id,
            People.ForReview
        );
        answer["application.status"].ShouldBe("IN_REVIEW");
        var reviewer = Underwriter();
        (await DecideAsync(reviewer, id, "APPROVED")).ShouldBeProblem(HttpStatusCode.Conflict, "application-not-claimed");

        await reviewer.PostAsync($"/applications/{id}/claim", null, HttpStatusCode.OK);
        (await Underwriter().SendAsync("POST", $"/applications/{id}/claim")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "application-claimed"
        );
        var decided = await DecideAsync(reviewer, id, "APPROVED");

        decided.Status.ShouldBe(HttpStatusCode.OK, decided.Text);
        decided["application.status"].ShouldBe("APPROVED");
        decided["application.claimedById"].ShouldBeNullOrEmpty();
        (await DeclineAsync(reviewer, id, "SURPLUS")).ShouldBeProblem(HttpStatusCode.Conflict, "application-not-in-review");
        var review = (await ReviewsAsync(id)).ShouldHaveSingleItem();
        (review.Result, review.IsOverride, review.Comment.Text).ShouldBe((ReviewResult.Approved, false, "We have talked."));
    }

    [Fact]
    public async Task Of_many_who_claim_at_once_one_gets_it()
    {
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, fixture.Customer(organization, "Twin").Id, People.A());

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Underwriter().SendAsync("POST", $"/applications/{id}/claim")));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Where(answer => answer.Status != HttpStatusCode.OK).ShouldAllBe(answer => answer.Code == "application-claimed");
    }

    [Theory]
    [InlineData("""{"children": 1}""")]
    [InlineData("""{"cars": null}""")]
    public async Task Who_has_entered_a_part_or_taken_one_away_does_not_decide_on_it(string patch)
    {
        var administrator = fixture.Host.ClientFor(Persons.Administrator(organization));
        var id = await ApplicationsFixture.DraftAsync(Installer, fixture.Customer(organization, "Twin").Id, People.A());
        await administrator.ExpectAsync("PATCH", $"/applications/{id}", patch, HttpStatusCode.OK);
        await Installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
        await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);

        (await administrator.SendAsync("POST", $"/applications/{id}/claim")).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "second-person-required"
        );
    }

    [Fact]
    public async Task A_second_person_with_other_conditions_confirms_nothing_and_proposes_them()
    {
        var customer = fixture.Customer(organization);
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.C);
        await fixture
            .Host.ClientFor(Persons.Customer(organization, customer.Id))
            .PostAsync($"/applications/{id}/review-requests", new { }, HttpStatusCode.OK);
        var first = Underwriter();
        await first.PostAsync($"/applications/{id}/claim", null, HttpStatusCode.OK);
        await DecideAsync(first, id, "CONDITIONAL", "Two payslips");

        (await DecideAsync(Underwriter(), id, "CONDITIONAL", "A guarantor"))["application.status"].ShouldBe("IN_REVIEW");
        (await DecideAsync(first, id, "CONDITIONAL", "A guarantor"))["application.status"].ShouldBe("CONDITIONAL");

        (await ReviewsAsync(id))
            .Select(review => (review.Conditions.Single(), review.ConfirmedById is null))
            .ShouldBe([("Two payslips", true), ("A guarantor", false)]);
    }

    [Fact]
    public async Task A_conditional_approval_names_its_conditions_and_becomes_one_without()
    {
        var customer = fixture.Customer(organization, "Twin");
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.A());
        var reviewer = Underwriter();
        await reviewer.PostAsync($"/applications/{id}/claim", null, HttpStatusCode.OK);
        (await DecideAsync(reviewer, id, "CONDITIONAL")).ShouldBeProblem(HttpStatusCode.BadRequest, "conditions-missing");
        (await DecideAsync(reviewer, id, "APPROVED", "Two payslips")).ShouldBeProblem(HttpStatusCode.BadRequest, "conditions-missing");

        var conditional = await DecideAsync(reviewer, id, "CONDITIONAL", "Two payslips");
        var approved = await DecideAsync(reviewer, id, "APPROVED");

        conditional["application.status"].ShouldBe("CONDITIONAL");
        approved["application.status"].ShouldBe("APPROVED");
        var mails = fixture.Host.Messages.To(customer.Email);
        mails
            .Select(mail => mail.Kind)
            .ShouldBe([
                MessageKind.ApplicationReceived,
                MessageKind.ApplicationInReview,
                MessageKind.ApplicationConditional,
                MessageKind.ApplicationApproved,
            ]);
        mails[2].Values["conditions"].ShouldBe("Two payslips");
    }

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
        var proposed = await DecideAsync(first, id, "APPROVED");
        proposed["application.status"].ShouldBe("IN_REVIEW");
        (await DecideAsync(first, id, "APPROVED")).ShouldBeProblem(HttpStatusCode.Forbidden, "second-person-required");
        var decided = await DecideAsync(second, id, "APPROVED");

        decided["application.status"].ShouldBe("APPROVED");
        var review = (await ReviewsAsync(id)).ShouldHaveSingleItem();
        review.IsOverride.ShouldBeTrue();
        review.ConfirmedById.ShouldNotBeNull();
        review.ConfirmedById.ShouldNotBe(review.DecidedBy.Id);
    }

    [Theory]
    [InlineData(Role.Underwriter)]
    [InlineData(Role.Admin)]
    public async Task Who_started_it_hears_what_was_decided_and_who_decides_that_a_person_is_demanded(Role decides)
    {
        var (installer, customer) = (Persons.Installer(organization), fixture.Customer(organization));
        var ofInstaller = fixture.Hire(organization, Role.Installer, installer.UserId);
        var ofDecider = fixture.Hire(organization, decides, Unique.Id());
        var client = fixture.Host.ClientFor(installer);
        var id = await ApplicationsFixture.DraftAsync(client, customer.Id, People.C);
        await client.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
        await fixture.TellSubmittedAsync(organization, id);

        var news = fixture.Host.Messages.To(ofInstaller).ShouldHaveSingleItem();
        (news.Kind, news.UserId, news.AboutId).ShouldBe((MessageKind.ApplicationNews, installer.UserId, id));
        (news.Values["status"], news.Values["customer"]).ShouldBe(("DECLINED", customer.FullName));
        fixture.Host.Messages.To(ofDecider).ShouldBeEmpty();

        await fixture
            .Host.ClientFor(Persons.Customer(organization, customer.Id))
            .PostAsync($"/applications/{id}/review-requests", new { }, HttpStatusCode.OK);

        fixture.Host.Messages.To(ofDecider).ShouldHaveSingleItem().Values["status"].ShouldBe("REVIEW_REQUESTED");
        fixture.Host.Messages.To(ofInstaller).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_second_person_who_says_otherwise_drops_the_override_and_the_customer_is_told_that_a_person_decided()
    {
        var customer = fixture.Customer(organization);
        var own = fixture.Host.ClientFor(Persons.Customer(organization, customer.Id));
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.C);
        await own.PostAsync($"/applications/{id}/review-requests", new { }, HttpStatusCode.OK);
        var first = Underwriter();
        await first.PostAsync($"/applications/{id}/claim", null, HttpStatusCode.OK);
        await DecideAsync(first, id, "APPROVED");

        var declined = await DeclineAsync(Underwriter(), id, "SURPLUS");

        declined["application.status"].ShouldBe("DECLINED");
        (await ReviewsAsync(id))
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
        var customer = fixture.Customer(organization);
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.C);
        await fixture
            .Host.ClientFor(Persons.Customer(organization, customer.Id))
            .PostAsync($"/applications/{id}/review-requests", new { }, HttpStatusCode.OK);
        var first = Underwriter();
        await first.PostAsync($"/applications/{id}/claim", null, HttpStatusCode.OK);
        await DecideAsync(first, id, "APPROVED");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DecideAsync(Underwriter(), id, "APPROVED")));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Where(answer => answer.Status != HttpStatusCode.OK).ShouldAllBe(answer => answer.Code == "application-not-in-review");
    }

    [Fact]
    public async Task The_database_refuses_an_override_by_one_person_alone()
    {
        var customer = fixture.Customer(organization);
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.C);
        await fixture
            .Host.ClientFor(Persons.Customer(organization, customer.Id))
            .PostAsync($"/applications/{id}/review-requests", new { }, HttpStatusCode.OK);
        var first = Underwriter();
        await first.PostAsync($"/applications/{id}/claim", null, HttpStatusCode.OK);
        await DecideAsync(first, id, "APPROVED");

        await using var command = fixture.Host.Database.CreateCommand(
            $"UPDATE applications.reviews SET confirmed_by_id = decided_by_id, confirmed_by_username = 'x' WHERE application_id = '{id}'"
        );
        (await Should.ThrowAsync<Npgsql.PostgresException>(command.ExecuteNonQueryAsync())).ConstraintName.ShouldBe(
            "ck_reviews_confirmed_by"
        );
    }

    [Fact]
    public async Task Only_a_refusal_can_be_looked_at()
    {
        var customer = fixture.Customer(organization);
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.A());

        (
            await fixture
                .Host.ClientFor(Persons.Customer(organization, customer.Id))
                .SendAsync("POST", $"/applications/{id}/review-requests", new { })
        ).ShouldBeProblem(HttpStatusCode.Conflict, "application-not-declined");
    }

    [Fact]
    public async Task Bad_bodies_are_refused()
    {
        var customer = fixture.Customer(organization);
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.C);

        await Underwriter().ShouldBeRefusedAsync("POST", $"/applications/{id}/decide");
        await fixture
            .Host.ClientFor(Persons.Customer(organization, customer.Id))
            .ShouldBeRefusedAsync("POST", $"/applications/{id}/review-requests");
        await Installer.ShouldBeRefusedAsync("POST", $"/applications/{id}/withdraw");
    }

    [Theory]
    [InlineData("ClassTwo", true)]
    [InlineData("Slow", false)]
    public async Task Who_refuses_what_the_policy_approved_or_could_not_decide_names_the_reasons_that_are_told(
        string lastName,
        bool looksLikeFraud
    )
    {
        var customer = fixture.Customer(organization, lastName);
        var id = await ApplicationsFixture.DraftAsync(Installer, customer.Id, People.A());
        await Installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
        await fixture.ReadAsync(
            organization,
            async db =>
            {
                (await db.Applications.SingleAsync(row => row.Id == id)).AskForPerson(looksLikeFraud);
                return await db.SaveChangesAsync();
            }
        );
        (await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK))["application.status"].ShouldBe("IN_REVIEW");
        var reviewer = Underwriter();
        await reviewer.PostAsync($"/applications/{id}/claim", null, HttpStatusCode.OK);

        (await DeclineAsync(reviewer, id, "EVIDENCE_CONTRADICTORY", "IDENTITY_UNCERTAIN"))["application.status"].ShouldBe("DECLINED");

        const string contradictory = "What you stated does not agree with what is to prove it.";
        const string uncertain = "We cannot be certain that the application was made by you.";
        fixture.Host.Messages.To(customer.Email)[^1].Values["reasons"].ShouldBe($"{contradictory} {uncertain}");
        var explanation = await Installer.GetAsync($"/applications/{id}/explanation", HttpStatusCode.OK);
        explanation
            .Json.GetProperty("reasons")
            .EnumerateArray()
            .Select(reason => reason.GetProperty("code").GetString())
            .ShouldBe(["EVIDENCE_CONTRADICTORY", "IDENTITY_UNCERTAIN"]);
        var page = await fixture.AsCustomerAsync(
            organization,
            customer.Id,
            applications => applications.ReadDecisionAsync(id, "en", TestContext.Current.CancellationToken)
        );
        page!.Reasons.Select(reason => reason.Text).ShouldBe([contradictory, uncertain]);
    }

    [Fact]
    public async Task A_refusal_names_reasons_of_the_list_and_no_other_decision_does()
    {
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, fixture.Customer(organization, "Slow").Id, People.A());
        var reviewer = Underwriter();
        await reviewer.PostAsync($"/applications/{id}/claim", null, HttpStatusCode.OK);
        string[] four = ["SURPLUS", "DSTI", "ARREARS", "RESERVE"];

        (await DecideAsync(reviewer, id, "DECLINED")).ShouldBeProblem(HttpStatusCode.BadRequest, "reasons-missing");
        (await SendAsync(reviewer, id, "APPROVED", [], ["SURPLUS"])).ShouldBeProblem(HttpStatusCode.BadRequest, "reasons-missing");
        (await DeclineAsync(reviewer, id, "BUREAU_UNAVAILABLE")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await DeclineAsync(reviewer, id, "BUREAU_CLASS")).ShouldBeProblem(HttpStatusCode.BadRequest, "bureau-class-unknown");
        (await DeclineAsync(reviewer, id, "SURPLUS", "SURPLUS")).WrongFields.ShouldBe(["reasons"]);
        (await DeclineAsync(reviewer, id, [.. four, "OWN_SHARE"])).WrongFields.ShouldBe(["reasons"]);
        (await DeclineAsync(reviewer, id, four))["application.status"].ShouldBe("DECLINED");
    }

    private static Task<Answer> DeclineAsync(HttpClient client, Guid id, params string[] reasons) =>
        SendAsync(client, id, "DECLINED", [], reasons);

    private static Task<Answer> DecideAsync(HttpClient client, Guid id, string result, params string[] conditions) =>
        SendAsync(client, id, result, conditions, []);

    private static Task<Answer> SendAsync(HttpClient client, Guid id, string result, string[] conditions, string[] reasons) =>
        client.SendAsync(
            "POST",
            $"/applications/{id}/decide",
            new
            {
                result,
                comment = "We have talked.",
                conditions,
                reasons,
            }
        );

    private Task<List<Review>> ReviewsAsync(Guid id) =>
        fixture.ReadAsync(
            organization,
            db => db.Reviews.Where(review => review.ApplicationId == id).OrderBy(review => review.Id).ToListAsync()
        );
}
