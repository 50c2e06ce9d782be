using System.Globalization;
using System.Text.Json;

namespace Lending.Applications.Scoring.Tests;

/// <summary>What living costs at least, by country.</summary>
public sealed class CountryTests
{
    private static readonly CreditPolicy ByCountry = Cases.Policy with
    {
        LumpSumsByCountry = new Dictionary<string, LumpSums>(StringComparer.Ordinal)
        {
            ["DE"] = Cases.Policy.LumpSums,
            ["CH"] = Cases.Policy.LumpSums with { Version = "CH-2026-1", FirstAdult = 1_500 },
        },
    };

    [Theory]
    [InlineData(null)]
    [InlineData("FR")]
    public void Without_tables_by_country_it_counts_nothing_and_is_not_told(string? country)
    {
        var decision = DecisionEngine.Decide(Cases.Policy, Cases.C with { Country = country });

        JsonSerializer
            .Serialize(decision, StoredJson.Options)
            .ShouldBe(JsonSerializer.Serialize(DecisionEngine.Decide(Cases.Policy, Cases.C), StoredJson.Options));
        decision.Rules.ShouldNotContain(result => result.Rule == RuleCode.Country);
        Cases.Policy.ToJson().ShouldNotContain("lumpSumsByCountry");
    }

    [Theory]
    [InlineData("DE", "DE-2026-1", "1123.70")]
    [InlineData("CH", "CH-2026-1", "423.70")]
    public void With_them_the_country_s_table_counts(string country, string version, string surplus)
    {
        var stored = StoredDecision.Of(ByCountry, Cases.A with { Country = country });

        stored.Result.LumpSumsVersion.ShouldBe(version);
        stored.Result.Affordability.Surplus.ShouldBe(decimal.Parse(surplus, CultureInfo.InvariantCulture));
        stored.Result.Outcome.ShouldBe(DecisionOutcome.Approve);
        StoredDecision.Parse(stored.ToJson()).IsReproduced().ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("FR")]
    public void A_country_without_one_is_for_a_person_whatever_else_is_true(string? country)
    {
        foreach (var inputs in (DecisionInputs[])[Cases.A, Cases.C])
        {
            var stored = StoredDecision.Of(ByCountry, inputs with { Country = country });

            stored.Result.Outcome.ShouldBe(DecisionOutcome.Review);
            stored.Result.Passes(RuleCode.Country).ShouldBeFalse();
            stored.Result.Reasons[0].Code.ShouldBe(DecisionReason.CountryUnknown);
            StoredDecision.Parse(stored.ToJson()).IsReproduced().ShouldBeTrue();
        }
    }
}
