using System.Net;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Tests.Reviews;

/// <summary>Why a person refuses: of a closed list, and told to the customer.</summary>
public sealed class RefusalReasonTests(ApplicationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    private HttpClient Underwriter() => fixture.Host.ClientFor(Persons.Underwriter(organization));

    [Theory]
    [InlineData("ClassTwo", true)]
    [InlineData("Broken", false)]
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

        (await reviewer.DeclineAsync(id, "EVIDENCE_CONTRADICTORY", "IDENTITY_UNCERTAIN"))["application.status"].ShouldBe("DECLINED");

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
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, fixture.Customer(organization, "Broken").Id, People.A());
        var reviewer = Underwriter();
        await reviewer.PostAsync($"/applications/{id}/claim", null, HttpStatusCode.OK);
        string[] four = ["SURPLUS", "DSTI", "ARREARS", "RESERVE"];

        (await reviewer.DecideAsync(id, "DECLINED")).ShouldBeProblem(HttpStatusCode.BadRequest, "reasons-missing");
        (await reviewer.DecideAsync(id, "APPROVED", [], ["SURPLUS"])).ShouldBeProblem(HttpStatusCode.BadRequest, "reasons-missing");
        (await reviewer.DeclineAsync(id, "BUREAU_UNAVAILABLE")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await reviewer.DeclineAsync(id, "BUREAU_CLASS")).ShouldBeProblem(HttpStatusCode.BadRequest, "bureau-class-unknown");
        (await reviewer.DeclineAsync(id, "SURPLUS", "SURPLUS")).WrongFields.ShouldBe(["reasons"]);
        (await reviewer.DeclineAsync(id, [.. four, "OWN_SHARE"])).WrongFields.ShouldBe(["reasons"]);
        (await reviewer.DeclineAsync(id, four))["application.status"].ShouldBe("DECLINED");
    }
}
