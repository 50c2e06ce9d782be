using System.Globalization;
using static Lending.Loans.Amortization.Tests.Loans;

namespace Lending.Loans.Amortization.Tests;

public sealed class AnnuityTests
{
    private static readonly string[] _currencies = ["EUR", "JPY", "KWD"];
    private static readonly decimal[] _amounts = [500, 777, 12_345, 999_999, 1_000_000];
    private static readonly decimal[] _rates = [0, 0.000001m, 0.000123m, 0.01m, 1, 3.333333m, 6, 9.99m, 24.9m, 49.999999m, 50];
    private static readonly int[] _terms = [1, 2, 3, 7, 12, 59, 240, 359, 599, 600];

    // European Commission, APRC examples, 2015 (the first two); Apache Fineract's tests; a spreadsheet's PMT (the last).
    [Theory]
    [InlineData(200_000, 6, 240, "1432.86")]
    [InlineData(208_000, 6, 240, "1490.18")]
    [InlineData(1_000, 0, 4, "250.00")]
    [InlineData(100_000, 9.99, 36, "3226.25")]
    [InlineData(10_000, 8, 10, "1037.03")]
    public void Reproduces_published_instalments(double amount, double rate, int months, string expected) =>
        Payment(Loan((decimal)amount, (decimal)rate, months)).ToString(CultureInfo.InvariantCulture).ShouldBe(expected);

    // Apache Fineract's loan of 100, which is smaller than we lend, so ten times as much.
    [Fact]
    public void Reproduces_the_published_instalment_of_a_small_loan() =>
        decimal.Round(PlainAnnuity.ExactPayment(Loan(1_000, 7, 6)) / 10, 2).ShouldBe(17.01m);

    [Theory]
    [InlineData(14_406, 1, 2, "7212.00")] // exactly 7212.005
    [InlineData(43_218, 1, 2, "21636.02")] // exactly 21636.015
    [InlineData(1_800, 0.01, 1, "1800.02")] // exactly 1800.015
    [InlineData(501.29, 0, 2, "250.64")] // exactly 250.645
    public void Exact_ties_round_to_even_although_the_monthly_rate_has_no_finite_decimals(
        double amount,
        double rate,
        int months,
        string expected
    ) => Payment(Loan((decimal)amount, (decimal)rate, months)).ToString(CultureInfo.InvariantCulture).ShouldBe(expected);

    [Fact]
    public void Agrees_with_exact_fractions_on_a_grid_of_the_permitted_box()
    {
        var grid =
            from currency in _currencies
            from amount in _amounts
            from rate in _rates
            from months in _terms
            select Loan(amount, rate, months, currency);

        foreach (var terms in grid)
        {
            var exact = new ExactLoan(terms);

            Payment(terms).ShouldBe(exact.RoundedPayment(), terms.ToString());
            Math.Abs(PlainAnnuity.ExactPayment(terms) - exact.PaymentToTwentyDecimals()).ShouldBeLessThan(1e-18m, terms.ToString());
        }
    }

    [Fact]
    public void Agrees_with_exact_fractions_for_any_loan() =>
        ForAll(terms => Payment(terms).ShouldBe(new ExactLoan(terms).RoundedPayment()));

    [Fact]
    public void Plain_decimals_give_the_same_schedule() =>
        ForAll(terms =>
        {
            Payment(terms).ShouldBe(PlainAnnuity.MonthlyPayment(terms));
            terms.Schedule().Select(row => row.Balance).ShouldBe(PlainAnnuity.Balances(terms).Skip(1));
        });

    private static decimal Payment(LoanTerms terms) => Quote(terms).MonthlyPayment;
}
