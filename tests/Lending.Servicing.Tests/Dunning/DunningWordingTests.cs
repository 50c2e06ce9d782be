using Lending.Kernel;
using Lending.Servicing.Books;
using Lending.Servicing.Dunning;
using Lending.Servicing.Papers;
using Lending.Testing;

namespace Lending.Servicing.Tests.Dunning;

/// <summary>Which law letters name.</summary>
public sealed class DunningWordingTests
{
    [Theory]
    [InlineData("de", true, false, "fünf Prozentpunkten über dem Basiszinssatz pro Jahr an (§§ 288, 497 BGB)", "(§ 498 BGB)")]
    [InlineData("de", true, true, "zweieinhalb Prozentpunkten über dem Basiszinssatz pro Jahr an (§ 497 Abs. 4 BGB)", "(§ 498 BGB)")]
    [InlineData("de", false, true, "fünf Prozentpunkten über dem Basiszinssatz pro Jahr an (§ 288 BGB)", "(§ 314 BGB)")]
    [InlineData("en", true, false, "five percentage points above the base rate a year (sections 288 and 497 BGB)", "(section 498 BGB)")]
    [InlineData("en", true, true, "two and a half percentage points above the base rate a year (section 497(4) BGB)", "(section 498 BGB)")]
    [InlineData("en", false, false, "five percentage points above the base rate a year (section 288 BGB)", "(section 314 BGB)")]
    public void Letters_name_the_law_of_the_loan(
        string language,
        bool isConsumers,
        bool isSecuredByLand,
        string interest,
        string callingDue
    )
    {
        var contract = new LoanContract(Currency.Get("EUR"), 1_000, 6, []) { Law = new(isConsumers, isSecuredByLand) };

        Write(isNotice: false).ShouldContain(interest);
        Write(isNotice: true).ShouldContain(interest);
        Write(isNotice: true).ShouldContain(callingDue);

        string Write(bool isNotice) =>
            DunningWording
                .Of(language)
                .Write(
                    Unique.Id(),
                    new DunningDemand([], 0, 0, 0),
                    contract,
                    new PaperParties("Sonnendach Finanz GmbH", language, "Jürgen Großmann", "", ""),
                    level: 2,
                    isNotice,
                    on: new(2026, 6, 15),
                    payBy: new(2026, 6, 30)
                )
                .Consequence.Replace('\u00a0', ' ');
    }
}
