using System.Net;
using Lending.Applications.Scoring;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Tests.Assessments;

/// <summary>What living costs at least, by the country of the customer's address.</summary>
public sealed class CountryTests(ApplicationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    [Fact]
    public async Task Each_country_has_its_table_and_where_there_is_none_a_person_decides()
    {
        await fixture.DecideByAsync(organization, ByCountry);

        var german = await AssessAsync(fixture.Customer(organization).Id, People.A());
        (german.Status, german.Result.LumpSumsVersion, german.Result.Affordability.LumpSum).ShouldBe(("APPROVED", "DE-2026-1", 800));
        var swiss = await AssessAsync(fixture.Customer(organization, country: "CH").Id, People.A());
        (swiss.Result.LumpSumsVersion, swiss.Result.Affordability.LumpSum).ShouldBe(("CH-2026-1", 1_500));
        swiss.Result.Affordability.Surplus.ShouldBe(423.70m);

        // Who could not pay by the German table is not refused by it.
        var french = fixture.Customer(organization, country: "FR");
        var (id, status, result) = await AssessAsync(french.Id, People.C);
        status.ShouldBe("IN_REVIEW");
        result.Passes(RuleCode.Country).ShouldBeFalse();
        var explanation = await Installer.GetAsync($"/applications/{id}/explanation", HttpStatusCode.OK);
        explanation.Json.GetProperty("reasons")[0].GetProperty("code").GetString().ShouldBe("COUNTRY_UNKNOWN");
    }

    [Fact]
    public async Task Two_who_live_in_two_countries_are_for_a_person()
    {
        await fixture.DecideByAsync(organization, ByCountry);
        var id = await ApplicationsFixture.DraftAsync(Installer, fixture.Customer(organization).Id, People.A());
        var second = new
        {
            secondCustomerId = fixture.Customer(organization, country: "CH").Id,
            adults = 2,
            second = new
            {
                employment = "PERMANENT",
                employmentMonths = 60,
                netIncome = People.Proved(3_000),
            },
        };
        await Installer.ExpectAsync("PATCH", $"/applications/{id}", second, HttpStatusCode.OK);
        await Installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);

        (await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK))["application.status"].ShouldBe("IN_REVIEW");
    }

    // The version before refuses a decision with a member that it does not know.
    [Fact]
    public async Task A_policy_without_tables_keeps_no_country()
    {
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, fixture.Customer(organization).Id, People.A());

        (await DecisionAsync(id)).Inputs.Country.ShouldBeNull();
    }

    private static CreditPolicy ByCountry =>
        CreditPolicy.Standard with
        {
            Version = "by-country",
            LumpSumsByCountry = new Dictionary<string, LumpSums>(StringComparer.Ordinal)
            {
                ["DE"] = CreditPolicy.Standard.LumpSums,
                ["CH"] = CreditPolicy.Standard.LumpSums with { Version = "CH-2026-1", FirstAdult = 1_500 },
            },
        };

    private async Task<(Guid Id, string? Status, CreditDecision Result)> AssessAsync(Guid customerId, object details)
    {
        var (id, answer) = await ApplicationsFixture.AssessedAsync(Installer, customerId, details);
        var decision = await DecisionAsync(id);
        decision.IsReproduced().ShouldBeTrue();
        return (id, answer["application.status"], decision.Result);
    }

    private async Task<StoredDecision> DecisionAsync(Guid id) =>
        (await fixture.ReadAsync(organization, db => db.Decisions.AsNoTracking().SingleAsync(row => row.ApplicationId == id))).Read();
}
