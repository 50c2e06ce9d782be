namespace Lending.Testing;

/// <summary>Bodies of requests that several test projects send.</summary>
public static class SampleBodies
{
    /// <summary>What the organisation's forms say of it, and by which law.</summary>
    public static object DisclosureSettings(string regime = "NONE") =>
        new
        {
            regulatoryRegime = regime,
            creditor = new
            {
                address = "Lichtstraße 1, 10115 Berlin",
                phone = "+49 30 1234567",
                email = "credit@example.org",
                lateRatePointsAboveBaseRate = 5,
                asksForCompensation = true,
                personalisesPrices = false,
                hasDearerDrawdowns = false,
                repaysByCapital = false,
                redress = "Schlichtungsstelle bei der Deutschen Bundesbank",
            },
        };

    /// <summary>
    /// What person C of the published vectors says who applies: too little is left in a month. With a housing of 300 it is enough, and with other work than a
    /// permanent one a person decides. Without evidence, the income has to be proved first.
    /// </summary>
    public static object Household(
        decimal housing = 700,
        string employment = "PERMANENT",
        string? evidence = "october.pdf",
        Guid? offerId = null
    ) =>
        new
        {
            offerId,
            loanAmount = 20_000,
            annualRatePercent = 6.9,
            termMonths = 120,
            adults = 1,
            cars = 1,
            housing = new { amount = housing },
            existingInstalments = new { amount = 180 },
            first = new
            {
                employment,
                employmentMonths = 36,
                netIncome = new
                {
                    amount = 2_100,
                    source = "PAYSLIP",
                    evidence,
                },
            },
        };
}
