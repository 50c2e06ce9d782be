namespace Lending.Applications.Tests;

/// <summary>Details of people A and C of the published vectors.</summary>
internal static class People
{
    public static object Proved(decimal amount, string source = "PAYSLIP") =>
        new
        {
            amount,
            source,
            evidence = "october.pdf",
        };

    public static object A(decimal loanAmount = 25_000, object? netIncome = null) =>
        Of(loanAmount, 5.9m, netIncome ?? Proved(3_200), 850, 0, 60);

    public static object C => Of(20_000, 6.9m, Proved(2_100), 700, 180, 36);

    /// <summary>A without work and with two failed payments: in class 3, 440 + 30 + 40 + 40 points, which are for a person.</summary>
    public static object ForReview =>
        new
        {
            loanAmount = 25_000,
            annualRatePercent = 5.9,
            termMonths = 120,
            adults = 1,
            cars = 1,
            housing = new { amount = 850 },
            first = new
            {
                employment = "OTHER",
                employmentMonths = 6,
                arrears = 2,
                netIncome = Proved(3_200),
            },
        };

    private static object Of(decimal loanAmount, decimal rate, object netIncome, decimal housing, decimal debts, int months) =>
        new
        {
            loanAmount,
            annualRatePercent = rate,
            termMonths = 120,
            adults = 1,
            cars = 1,
            housing = new { amount = housing },
            existingInstalments = new { amount = debts },
            first = new
            {
                employment = "PERMANENT",
                employmentMonths = months,
                netIncome,
            },
        };
}
