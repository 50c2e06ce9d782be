using System.Net;
using Lending.Applications.Reviews;
using Lending.Documents.Contracts;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Applications.Tests.Reviews;

/// <summary>What people decide of what the policy leaves to them.</summary>
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
        (await reviewer.DecideAsync(id, "APPROVED")).ShouldBeProblem(HttpStatusCode.Conflict, "application-not-claimed");

        await reviewer.PostAsync($"/applications/{id}/claim", null, HttpStatusCode.OK);
        (await Underwriter().SendAsync("POST", $"/applications/{id}/claim")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "application-claimed"
        );
        var decided = await reviewer.DecideAsync(id, "APPROVED");

        decided.Status.ShouldBe(HttpStatusCode.OK, decided.Text);
        decided["application.status"].ShouldBe("APPROVED");
        decided["application.claimedById"].ShouldBeNullOrEmpty();
        (await reviewer.DeclineAsync(id, "SURPLUS")).ShouldBeProblem(HttpStatusCode.Conflict, "application-not-in-review");
        var review = (await fixture.ReviewsAsync(organization, id)).ShouldHaveSingleItem();
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
        await first.DecideAsync(id, "CONDITIONAL", "Two payslips");

        (await Underwriter().DecideAsync(id, "CONDITIONAL", "A guarantor"))["application.status"].ShouldBe("IN_REVIEW");
        (await first.DecideAsync(id, "CONDITIONAL", "A guarantor"))["application.status"].ShouldBe("CONDITIONAL");

        (await fixture.ReviewsAsync(organization, id))
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
        (await reviewer.DecideAsync(id, "CONDITIONAL")).ShouldBeProblem(HttpStatusCode.BadRequest, "conditions-missing");
        (await reviewer.DecideAsync(id, "APPROVED", "Two payslips")).ShouldBeProblem(HttpStatusCode.BadRequest, "conditions-missing");

        var conditional = await reviewer.DecideAsync(id, "CONDITIONAL", "Two payslips");
        var approved = await reviewer.DecideAsync(id, "APPROVED");

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
    public async Task A_conditional_approval_asks_for_the_documents_that_meet_its_conditions_and_no_other_decision_does()
    {
        var customer = fixture.Customer(organization, "Twin");
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.A());
        var person = Persons.Underwriter(organization);
        var ofReviewer = fixture.Hire(organization, Role.Underwriter, person.UserId);
        var reviewer = fixture.Host.ClientFor(person);
        await reviewer.PostAsync($"/applications/{id}/claim", null, HttpStatusCode.OK);
        string[] conditions = ["Two payslips, and that the house is yours"];
        object[] documents = [new { kind = "PAYSLIP", count = 2 }, new { kind = "OWNERSHIP_PROOF" }];
        Task<Answer> DecideAsync(string result, object[] asked) =>
            reviewer.SendAsync(
                "POST",
                $"/applications/{id}/decide",
                new
                {
                    result,
                    comment = "We have talked.",
                    conditions = result == "CONDITIONAL" ? conditions : [],
                    documents = asked,
                }
            );

        (await DecideAsync("APPROVED", documents)).ShouldBeProblem(HttpStatusCode.BadRequest, "conditions-missing");
        foreach (
            var (wrong, field) in ((object[], string)[])
                [
                    ([new { kind = "PAYSLIP" }, new { kind = "PAYSLIP" }], "documents"),
                    ([new { kind = "PAYSLIP", count = 13 }], "documents[0].count"),
                    ([new { count = 1 }], "documents[0].kind"),
                    ([null!], "documents[0]"),
                ]
        )
        {
            (await DecideAsync("CONDITIONAL", wrong))
                .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
                .WrongFields.ShouldBe([field]);
        }
        fixture.AskedIn(organization).ShouldBeEmpty();

        (await DecideAsync("CONDITIONAL", documents))["application.status"].ShouldBe("CONDITIONAL");

        fixture
            .AskedIn(organization)
            .ShouldBe([(customer.Id, DocumentKind.Payslip, 2), (customer.Id, DocumentKind.OwnershipProof, 1)], ignoreOrder: true);
        await fixture.BringAsync(organization, customer.Id, DocumentKind.Payslip);
        fixture.Host.Messages.To(ofReviewer).ShouldBeEmpty("something is still missing");
        await fixture.BringAsync(organization, customer.Id, DocumentKind.OwnershipProof);
        var told = fixture.Host.Messages.To(ofReviewer).ShouldHaveSingleItem();
        (told.Kind, told.AboutId, told.Values["status"]).ShouldBe((MessageKind.ApplicationNews, id, "CONDITIONS_MET"));
        // A person has the last word.
        (await reviewer.GetAsync($"/applications/{id}", HttpStatusCode.OK))["application.status"]
            .ShouldBe("CONDITIONAL");
        (await DecideAsync("APPROVED", []))["application.status"].ShouldBe("APPROVED");
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
}
