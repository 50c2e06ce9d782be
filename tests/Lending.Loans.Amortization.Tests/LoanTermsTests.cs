using static Lending.Loans.Amortization.Tests.Loans;

namespace Lending.Loans.Amortization.Tests;

public sealed class LoanTermsTests
{
    [Theory]
    [InlineData(499.99, 5, 12, "EUR")]
    [InlineData(1_000_000.01, 5, 12, "EUR")]
    [InlineData(1000.001, 5, 12, "EUR")]
    [InlineData(1000.5, 5, 12, "JPY")]
    [InlineData(1000, -0.01, 12, "EUR")]
    [InlineData(1000, 50.01, 12, "EUR")]
    [InlineData(1000, 0.0000001, 12, "EUR")]
    [InlineData(1000, 5, 0, "EUR")]
    [InlineData(1000, 5, 601, "EUR")]
    public void Terms_outside_the_limits_are_refused(double amount, double rate, int months, string currency) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Loan((decimal)amount, (decimal)rate, months, currency));

    [Fact]
    public void The_amount_carries_the_scale_of_its_currency() => Loan(1000, 5, 12, "KWD").Amount.Scale.ShouldBe((byte)3);
}
