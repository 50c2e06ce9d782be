using System.Net;
using Lending.Applications.Bureau;
using Lending.Applications.Scoring;
using Lending.Customers.Contracts;
using Lending.Notifications.Contracts;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Tests.Assessments;

/// <summary>Decisions by policy, with a made-up credit bureau that is asked over HTTP.</summary>
public sealed class AssessApplicationTests(ApplicationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    [Fact]
    public async Task Person_A_is_approved()
    {
        var customer = fixture.Customer(organization);

        var (id, answer) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.A());

        answer["application.status"].ShouldBe("APPROVED");
        var kept = await DecisionOfAsync(id);
        kept.Result.Score.Points.ShouldBe(618);
        kept.Result.Affordability.Surplus.ShouldBe(1_123.70m);
        kept.IsReproduced().ShouldBeTrue();
        KindsTo(customer).ShouldBe([MessageKind.ApplicationReceived, MessageKind.ApplicationApproved]);
    }

    [Fact]
    public async Task Person_C_is_refused_and_told_at_once_what_the_law_asks_for()
    {
        var customer = fixture.Customer(organization);

        var (id, answer) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.C);

        answer["application.status"].ShouldBe("DECLINED");
        (await DecisionOfAsync(id)).Result.Affordability.Surplus.ShouldBe(38.81m);
        KindsTo(customer).ShouldBe([MessageKind.ApplicationReceived, MessageKind.ApplicationDeclined]);
        var mail = fixture.Host.Messages.To(customer.Email)[^1];
        mail.CustomerId.ShouldBe(customer.Id);
        mail.Values["reasons"]
            .ShouldBe("Too little of your income would be left in a month. It would pass with an instalment of up to 70.00 EUR.");
        mail.Values["how"].ShouldContain("automatically");
        mail.Values["bureau"].ShouldContain("Testauskunft (auskunft@example.org)");
        mail.Values["bureau"].ShouldContain("class 2");
        mail.Values["rights"].ShouldContain("a person checks the decision");
        mail.Values["debtAdvice"].ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(null, "Es würde genügen: eine Rate bis 70,00 EUR.")]
    [InlineData("en", "It would pass with an instalment of up to 70.00 EUR.")]
    public async Task A_German_organisation_writes_German_and_to_who_chose_another_language_that(string? language, string expected)
    {
        var germans = Unique.Id();
        fixture.SpeaksGerman(germans);
        var customer = fixture.Customer(germans, language: language);

        await ApplicationsFixture.AssessedAsync(fixture.Host.ClientFor(Persons.Installer(germans)), customer.Id, People.C);

        fixture.Host.Messages.To(customer.Email)[^1].Values["reasons"].ShouldEndWith(expected);
    }

    [Theory]
    [InlineData("ClassFour", "APPROVED", BureauOutcome.Hit, 4)]
    [InlineData("ClassFive", "APPROVED", BureauOutcome.Hit, 5)]
    [InlineData("Unknown", "APPROVED", BureauOutcome.None, null)]
    [InlineData("Twin", "IN_REVIEW", BureauOutcome.Ambiguous, null)]
    [InlineData("Slow", "IN_REVIEW", BureauOutcome.Unavailable, null)]
    [InlineData("Broken", "IN_REVIEW", BureauOutcome.Unavailable, null)]
    [InlineData("Nonsense", "IN_REVIEW", BureauOutcome.Unavailable, null)]
    public async Task The_bureau_s_answer_counts_and_none_is_for_a_person(string lastName, string status, BureauOutcome outcome, int? known)
    {
        var customer = fixture.Customer(organization, lastName);

        var (id, answer) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.A());

        answer["application.status"].ShouldBe(status);
        var inquiry = await InquiryOfAsync(id);
        (inquiry.Outcome, inquiry.Class, inquiry.CustomerId).ShouldBe((outcome, known, customer.Id));
        inquiry.AnsweredAt.ShouldNotBeNull();
        // It can be computed again on what counts of the answer.
        var kept = await DecisionOfAsync(id);
        kept.Inputs.Applicants.Single().Bureau.ShouldBe(new BureauAnswer(outcome, known));
        kept.IsReproduced().ShouldBeTrue();
        (inquiry.Purpose, inquiry.LegalBasis).ShouldBe(("CREDIT", "GDPR_6_1_F"));
        if (outcome is BureauOutcome.Hit or BureauOutcome.None)
        {
            inquiry.RawAnswer!.Text.ShouldContain("\"outcome\":");
            inquiry.ProviderReference.ShouldBe($"fake-{inquiry.Id:N}");
            inquiry.AsOf.ShouldNotBeNull();
        }
    }

    [Theory]
    [InlineData("Twin")]
    [InlineData("Broken")]
    public async Task Even_somebody_who_cannot_pay_is_not_refused_where_the_bureau_is_unclear(string lastName)
    {
        var customer = fixture.Customer(organization, lastName);

        var (_, answer) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.C);

        answer["application.status"].ShouldBe("IN_REVIEW");
        KindsTo(customer).ShouldBe([MessageKind.ApplicationReceived, MessageKind.ApplicationInReview]);
    }

    [Fact]
    public async Task An_answer_of_the_bureau_stands_encrypted_in_the_database()
    {
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, fixture.Customer(organization).Id, People.A());

        await using var command = fixture.Host.Database.CreateCommand(
            $"""
            SELECT position('outcome'::bytea IN raw_answer), position('surplus'::bytea IN stored)
            FROM applications.score_inquiries JOIN applications.decisions USING (application_id) WHERE application_id = '{id}'
            """
        );
        await using var row = await command.ExecuteReaderAsync();
        (await row.ReadAsync()).ShouldBeTrue();
        (row.GetInt32(0), row.GetInt32(1)).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Without_proof_of_the_income_it_waits_and_goes_on_when_it_has_come()
    {
        var (id, answer) = await ApplicationsFixture.AssessedAsync(
            Installer,
            fixture.Customer(organization).Id,
            People.A(netIncome: new { amount = 3_200 })
        );
        answer["application.status"].ShouldBe("COLLECTING");
        answer.Json.GetProperty("missingEvidence")[0].GetString().ShouldBe("first.netIncome");
        (await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK))["application.status"].ShouldBe("COLLECTING");

        await Installer.ExpectAsync(
            "PATCH",
            $"/applications/{id}",
            new { first = new { netIncome = People.Proved(3_200) } },
            HttpStatusCode.OK
        );
        var decided = await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);

        decided["application.status"].ShouldBe("APPROVED");
        decided.Json.GetProperty("missingEvidence").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Two_who_apply_together_have_one_budget_and_are_both_asked_about_and_told()
    {
        var (one, other) = (fixture.Customer(organization, "ClassOne"), fixture.Customer(organization, "ClassFive"));
        var id = await ApplicationsFixture.DraftAsync(Installer, one.Id, People.C);
        var second = new
        {
            secondCustomerId = other.Id,
            adults = 2,
            second = new
            {
                employment = "OTHER",
                employmentMonths = 3,
                netIncome = People.Proved(300),
            },
        };
        await Installer.ExpectAsync("PATCH", $"/applications/{id}", second, HttpStatusCode.OK);
        await Installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);

        var answer = await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);

        answer["application.status"].ShouldBe("DECLINED");
        var decision = (await DecisionOfAsync(id)).Result;
        // 300 more income, and 300 more for the second adult.
        (decision.Affordability.NetIncome, decision.Affordability.LumpSum, decision.Affordability.Surplus).ShouldBe(
            (2_400m, 1_100m, 38.81m)
        );
        // The worse class, and the work of who earns most.
        decision.Score.Characteristics.Select(part => part.Points).ShouldBe([0, 32, 0, 30, 20, 0]);
        fixture.Host.Messages.To(one.Email)[^1].Values["bureau"].ShouldContain("class 1 of 5");
        fixture.Host.Messages.To(other.Email)[^1].Values["bureau"].ShouldContain("class 5 of 5");
    }

    [Fact]
    public async Task Submitting_has_it_decided_on_by_itself_and_twice_is_once()
    {
        var id = await ApplicationsFixture.DraftAsync(Installer, fixture.Customer(organization).Id, People.A());
        await Installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);

        await fixture.TellSubmittedAsync(organization, id);
        await fixture.TellSubmittedAsync(organization, id);

        (await Installer.GetAsync($"/applications/{id}", HttpStatusCode.OK))["application.status"].ShouldBe("APPROVED");
        (await Installer.SendAsync("POST", $"/applications/{id}/assess")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "application-not-assessable"
        );
        (await fixture.ReadAsync(organization, db => db.Decisions.CountAsync(row => row.ApplicationId == id))).ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_decides()
    {
        var customer = fixture.Customer(organization);
        var id = await ApplicationsFixture.DraftAsync(Installer, customer.Id, People.C);
        await Installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Installer.SendAsync("POST", $"/applications/{id}/assess")));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK || answer.Code == "application-not-assessable");
        answers.ShouldContain(answer => answer.Status == HttpStatusCode.OK);
        (await fixture.ReadAsync(organization, db => db.Decisions.CountAsync(row => row.ApplicationId == id))).ShouldBe(1);
        (await fixture.ReadAsync(organization, db => db.ScoreInquiries.CountAsync(row => row.ApplicationId == id))).ShouldBe(1);
        KindsTo(customer).ShouldBe([MessageKind.ApplicationReceived, MessageKind.ApplicationDeclined]);
    }

    [Fact]
    public async Task A_draft_is_not_decided_on()
    {
        var id = await ApplicationsFixture.DraftAsync(Installer, fixture.Customer(organization).Id, People.A());

        (await Installer.SendAsync("POST", $"/applications/{id}/assess")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "application-not-assessable"
        );
    }

    [Fact]
    public async Task In_another_currency_there_is_no_policy()
    {
        var swiss = Unique.Id();
        fixture.LendsIn(swiss, "CHF");
        var client = fixture.Host.ClientFor(Persons.Installer(swiss));
        var id = await ApplicationsFixture.DraftAsync(client, fixture.Customer(swiss).Id, People.A());
        await client.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);

        (await client.SendAsync("POST", $"/applications/{id}/assess")).ShouldBeProblem(HttpStatusCode.Conflict, "no-policy");
    }

    [Fact]
    public async Task Who_wants_more_than_was_approved_is_decided_on_anew()
    {
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, fixture.Customer(organization).Id, People.A());

        (await Installer.PostAsync($"/applications/{id}/reassess", null, HttpStatusCode.OK))["application.status"].ShouldBe("REASSESSING");
        await Installer.ExpectAsync("PATCH", $"/applications/{id}", new { loanAmount = 200_000 }, HttpStatusCode.OK);
        var decided = await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);

        decided["application.status"].ShouldBe("DECLINED");
        (await fixture.ReadAsync(organization, db => db.Decisions.CountAsync(row => row.ApplicationId == id))).ShouldBe(2);
    }

    [Fact]
    public async Task A_decision_does_not_depend_on_address_or_name()
    {
        var (first, _) = await ApplicationsFixture.AssessedAsync(Installer, fixture.Customer(organization).Id, People.A());
        var (second, _) = await ApplicationsFixture.AssessedAsync(Installer, fixture.Customer(organization, "Yilmaz").Id, People.A());

        (await DecisionOfAsync(second)).ToJson().ShouldBe((await DecisionOfAsync(first)).ToJson());
    }

    private IEnumerable<MessageKind> KindsTo(CustomerSummary customer) =>
        fixture.Host.Messages.To(customer.Email).Select(message => message.Kind);

    private async Task<StoredDecision> DecisionOfAsync(Guid id) =>
        (await fixture.ReadAsync(organization, db => db.Decisions.Where(row => row.ApplicationId == id).ToListAsync())).Single().Read();

    private async Task<ScoreInquiry> InquiryOfAsync(Guid id) =>
        (await fixture.ReadAsync(organization, db => db.ScoreInquiries.Where(row => row.ApplicationId == id).ToListAsync())).Single();
}
