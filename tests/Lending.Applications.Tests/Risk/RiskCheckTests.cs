using System.Net;
using System.Text;
using Lending.Applications.Assessments;
using Lending.Applications.Risk;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Applications.Tests.Risk;

/// <summary>Scoring an application that is submitted: what is counted, what it leads to, and what it does not.</summary>
public sealed class RiskCheckTests(ApplicationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    private HttpClient Underwriter => fixture.Host.ClientFor(Persons.Underwriter(organization));

    [Fact]
    public async Task What_looks_like_fraud_goes_to_a_person_by_the_same_decision_that_would_have_approved_it()
    {
        var usual = await SubmitAsync(fixture.Customer(organization).Id, People.A());
        var strange = await SubmitAsync(fixture.Customer(organization, email: Disposable()).Id, People.A(), Bot());

        (await AssessAsync(usual))["application.status"].ShouldBe("APPROVED");
        (await AssessAsync(strange))["application.status"].ShouldBe("IN_REVIEW");
        var (one, other) = (await DecisionAsync(usual), await DecisionAsync(strange));
        other.Outcome.ShouldBe(Scoring.DecisionOutcome.Approve);
        other.Stored.Text.ShouldBe(one.Stored.Text, "no figure of the decision knows of it");
        (await Underwriter.GetAsync($"/applications/{usual}/risk", HttpStatusCode.OK))["level"].ShouldBe("CONTINUE");
        var risk = await Underwriter.GetAsync($"/applications/{strange}/risk", HttpStatusCode.OK);
        (risk["level"], risk["modelVersion"]).ShouldBe(("REVIEW", RiskModel.Standard.Version));
        risk.Json.GetProperty("score").GetDecimal().ShouldBeInRange(0.7m, 1);
        SignalsIn(risk).ShouldBe(["EMAIL_DISPOSABLE", "HONEYPOT_FILLED", "AUTOMATED"]);

        // A person decides as on any other, and alone: no rule of the policy speaks against it.
        var reviewer = Underwriter;
        await reviewer.PostAsync($"/applications/{strange}/claim", null, HttpStatusCode.OK);
        var decision = new { result = "APPROVED", comment = "We have called back." };
        (await reviewer.PostAsync($"/applications/{strange}/decide", decision, HttpStatusCode.OK))["application.status"]
            .ShouldBe("APPROVED");
    }

    [Fact]
    public async Task Fraud_or_not_who_cannot_pay_is_refused_for_that_and_told_the_same()
    {
        var id = await SubmitAsync(fixture.Customer(organization, email: Disposable()).Id, People.C, Bot());

        (await AssessAsync(id))["application.status"].ShouldBe("DECLINED");

        (await Underwriter.GetAsync($"/applications/{id}/risk", HttpStatusCode.OK))["level"].ShouldBe("REVIEW");
        var explanation = await Installer.GetAsync($"/applications/{id}/explanation", HttpStatusCode.OK);
        explanation.Json.GetProperty("reasons").EnumerateArray().ShouldHaveSingleItem().GetProperty("code").GetString().ShouldBe("SURPLUS");
    }

    [Fact]
    public async Task A_device_of_many_customers_is_counted_in_its_organisation_alone()
    {
        var elsewhere = Unique.Id();
        var form = new { form = new { deviceId = Unique.Text() } };
        for (var i = 0; i < 3; i++)
        {
            await SubmitAsync(fixture.Customer(organization).Id, People.A(), form);
        }
        var stranger = fixture.Host.ClientFor(Persons.Installer(elsewhere));

        var there = await SubmitAsync(fixture.Customer(elsewhere).Id, People.A(), form, stranger);
        var here = await SubmitAsync(fixture.Customer(organization).Id, People.A(), form);

        (await SignalsOfAsync(here, organization))[RiskSignal.DeviceOfOthers].ShouldBe(3);
        (await SignalsOfAsync(there, elsewhere))[RiskSignal.DeviceOfOthers].ShouldBe(0);
    }

    [Fact]
    public async Task A_phone_number_of_somebody_else_counts_and_that_of_who_applies_together_does_not()
    {
        var phone = "+49301234567";
        var (one, other) = (fixture.Customer(organization, phoneNumber: phone), fixture.Customer(organization, phoneNumber: phone));
        var together = new
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
        var first = await ApplicationsFixture.DraftAsync(Installer, one.Id, People.A());
        await Installer.ExpectAsync("PATCH", $"/applications/{first}", together, HttpStatusCode.OK);
        await Installer.PostAsync($"/applications/{first}/submit", null, HttpStatusCode.OK);
        var second = await SubmitAsync(one.Id, People.A());
        var third = await SubmitAsync(fixture.Customer(organization, phoneNumber: phone).Id, People.A());

        (await SignalsOfAsync(first, organization))[RiskSignal.PhoneOfOthers].ShouldBe(0);
        (await SignalsOfAsync(second, organization))[RiskSignal.PhoneOfOthers].ShouldBe(0, "both applied then as one");
        (await SignalsOfAsync(third, organization))[RiskSignal.PhoneOfOthers].ShouldBe(1);
    }

    [Fact]
    public async Task What_was_before_an_hour_a_day_and_30_days_is_counted_apart_and_then_forgotten()
    {
        foreach (var hours in (int[])[2, 30, 24 * 31])
        {
            var id = await SubmitAsync(fixture.Customer(organization, phoneNumber: "+49307654321").Id, People.A());
            await MoveKeysAsync(id, hours);
        }

        var last = await SignalsOfAsync(
            await SubmitAsync(fixture.Customer(organization, phoneNumber: "+49307654321").Id, People.A()),
            organization
        );

        (last[RiskSignal.PhoneHour], last[RiskSignal.PhoneDay], last[RiskSignal.PhoneMonth]).ShouldBe((0, 1, 2));
        var before = await KeysAsync();
        await ActivatorUtilities.CreateInstance<OldRiskKeys>(fixture.Host.Services).DeleteAsync(TestContext.Current.CancellationToken);
        (await KeysAsync()).ShouldBe(before - 3, "its starter, its home and its phone");
    }

    [Fact]
    public async Task A_customer_s_own_request_tells_from_where_and_with_what_and_staff_s_does_not()
    {
        var customer = fixture.Customer(organization);
        using var own = fixture.Host.ClientFor(Persons.Customer(organization, customer.Id));
        own.DefaultRequestHeaders.UserAgent.ParseAdd("HeadlessChrome/142.0");
        var byCustomer = await SubmitAsync(customer.Id, People.A(), client: own);
        var byStaff = await SubmitAsync(customer.Id, People.A());

        (await SignalsOfAsync(byCustomer, organization))[RiskSignal.Automated].ShouldBe(1);
        var signals = await SignalsOfAsync(byStaff, organization);
        signals.ShouldNotContainKey(RiskSignal.Automated);
        signals.ShouldNotContainKey(RiskSignal.AddressHour);
        // The database has neither the user agent nor the address in clear.
        await using var command = fixture.Host.Database.CreateCommand(
            $"SELECT stored FROM applications.risk_assessments WHERE application_id = '{byCustomer}'"
        );
        var bytes = Encoding.Latin1.GetString((byte[])(await command.ExecuteScalarAsync())!);
        bytes.ShouldNotContain("HeadlessChrome");
        bytes.ShouldNotContain("127.0.0.1");
        var stored = await fixture.ReadAsync(organization, db => db.RiskAssessments.SingleAsync(row => row.ApplicationId == byCustomer));
        stored.Read().UserAgent.ShouldBe("HeadlessChrome/142.0");
        stored.Read().Address.ShouldBe("127.0.0.1");
        stored.Read().IsReproduced().ShouldBeTrue();
    }

    [Fact]
    public async Task Of_two_who_submit_at_once_one_does_and_it_is_scored_once()
    {
        var id = await ApplicationsFixture.DraftAsync(Installer, fixture.Customer(organization).Id, People.A());

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Installer.SendAsync("POST", $"/applications/{id}/submit")));

        answers.Select(answer => answer.Status).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Conflict]);
        (await fixture.ReadAsync(organization, db => db.RiskAssessments.CountAsync(row => row.ApplicationId == id))).ShouldBe(1);
    }

    [Fact]
    public async Task Bad_observations_are_refused_and_a_body_may_be_missing()
    {
        var id = await ApplicationsFixture.DraftAsync(Installer, fixture.Customer(organization).Id, People.A());
        var wrong = new
        {
            form = new
            {
                deviceId = new string('x', 101),
                seconds = -1,
                timeZone = "/dev/zero",
            },
        };

        var answer = (await Installer.SendAsync("POST", $"/applications/{id}/submit", wrong)).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );

        answer.WrongFields.ShouldBe(["form.deviceId", "form.seconds", "form.timeZone"], ignoreOrder: true);
        await Installer.ShouldBeRefusedAsync("POST", $"/applications/{id}/submit");
        await Installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
    }

    /// <summary>What a program tells of itself that fills in everything at once.</summary>
    internal static object Bot() => new { form = new { honeypotFilled = true, isAutomated = true } };

    internal static string Disposable() => $"{Unique.Text()}@mailinator.com";

    private async Task<Guid> SubmitAsync(Guid customerId, object details, object? body = null, HttpClient? client = null)
    {
        client ??= Installer;
        var id = await ApplicationsFixture.DraftAsync(client, customerId, details);
        await client.PostAsync($"/applications/{id}/submit", body, HttpStatusCode.OK);
        return id;
    }

    private Task<Answer> AssessAsync(Guid id) => Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);

    private Task<AutomaticDecision> DecisionAsync(Guid id) =>
        fixture.ReadAsync(organization, db => db.Decisions.SingleAsync(row => row.ApplicationId == id));

    private Task<IReadOnlyDictionary<RiskSignal, decimal>> SignalsOfAsync(Guid id, Guid organizationId) =>
        fixture.ReadAsync(
            organizationId,
            async db => (await db.RiskAssessments.SingleAsync(row => row.ApplicationId == id)).Read().Signals
        );

    private Task<int> KeysAsync() => fixture.ReadAsync(organization, db => db.RiskKeys.CountAsync());

    private async Task MoveKeysAsync(Guid id, int hours)
    {
        await using var command = fixture.Host.Database.CreateCommand(
            $"UPDATE applications.risk_keys SET at = at - {hours} * interval '1 hour' WHERE application_id = '{id}'"
        );
        await command.ExecuteNonQueryAsync();
    }

    private static IEnumerable<string?> SignalsIn(Answer risk) =>
        risk
            .Json.GetProperty("methods")
            .EnumerateArray()
            .SelectMany(method => method.GetProperty("evidence").EnumerateArray())
            .Select(evidence => evidence.GetProperty("signal").GetString());
}
