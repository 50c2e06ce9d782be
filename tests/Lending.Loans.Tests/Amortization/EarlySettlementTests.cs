using Lending.Loans.Amortization;
using static Lending.Loans.Tests.Amortization.Loans;

namespace Lending.Loans.Tests.Amortization;

public sealed class EarlySettlementTests
{
    private static readonly LoanTerms _halfYear = Loan(1_000, 7, 6) with
    {
        Method = ScheduleMethod.DecliningBalance,
        PayoutDate = new(2024, 1, 1),
        FirstDueDate = new(2024, 2, 1),
    };

    // Apache Fineract: of 100, 83.57 is owed after the first instalment; 14 of 29 days later, 0.24 of interest. 14 of the first 31 days: 0.26.
    [Fact]
    public void Reproduces_published_settlements()
    {
        EarlySettlement.Accrued(_halfYear, 1, 83_57, new(2024, 2, 1), new(2024, 2, 15)).ShouldBe(24);
        EarlySettlement.Accrued(_halfYear, 0, 100_00, new(2024, 1, 1), new(2024, 1, 15)).ShouldBe(26);
    }

    [Fact]
    public void What_is_owed_and_what_has_accrued_end_the_loan()
    {
        var quote = Quote(_halfYear);
        var rows = quote.Schedule();

        var settlement = EarlySettlement.Of(quote, new(2024, 2, 15));

        settlement.OutstandingPrincipal.ShouldBe(rows[0].Balance);
        settlement.AccruedInterest.ShouldBe(decimal.Round(rows[0].Balance * 0.07m / 12 * 14 / 29, 2));
        // Half a percent, as less than a year is left.
        settlement.MaximumCompensation.ShouldBe(4.17m);
        rows[0].Balance.ShouldBe(835.74m);
    }

    [Fact]
    public void On_a_due_date_nothing_has_accrued_and_at_the_end_nothing_is_owed()
    {
        var quote = Quote(_halfYear);

        EarlySettlement.Of(quote, new(2024, 1, 1)).ShouldBe(new EarlySettlement(1_000.00m, 0.00m, 5.00m));
        EarlySettlement.Of(quote, new(2024, 3, 1)).AccruedInterest.ShouldBe(0);
        EarlySettlement.Of(quote, new(2024, 7, 1)).ShouldBe(new EarlySettlement(0, 0, 0));
    }

    // More than a year before the end one percent, and never above the interest that is still to come.
    [Theory]
    [InlineData(6, "2024-02-01", 1)]
    [InlineData(6, "2026-01-01", 1)]
    [InlineData(6, "2027-12-31", 1)]
    [InlineData(6, "2028-01-01", 0.5)]
    [InlineData(6, "2028-12-01", 0.5)]
    public void Compensation_is_a_part_of_what_is_repaid_early(double rate, string day, double percent)
    {
        var quote = Quote(
            _halfYear.WithTerm(60).WithAmount(100_000) with
            {
                Fees = new LoanFees { Financed = new Fee((decimal)rate, null) },
            }
        );

        var settlement = EarlySettlement.Of(quote, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));

        settlement.MaximumCompensation.ShouldBe(decimal.Truncate(settlement.OutstandingPrincipal * (decimal)percent) / 100);
    }

    [Fact]
    public void Compensation_is_never_more_than_the_interest_to_come()
    {
        var quote = Quote(Loan(100_000, 0.01m, 24) with { PayoutDate = new(2024, 1, 1), FirstDueDate = new(2024, 2, 1) });

        var settlement = EarlySettlement.Of(quote, new(2024, 1, 1));

        settlement.MaximumCompensation.ShouldBe(quote.TotalInterest);
        quote.TotalInterest.ShouldBeLessThan(1_000);
    }

    // Up to each due date accrues what a declining balance charges for the period.
    [Fact]
    public void Interest_accrues_up_to_that_of_the_instalment() =>
        ForAllQuotes(
            quote =>
            {
                if (quote.Terms.Method == ScheduleMethod.EqualInstalments)
                {
                    return;
                }

                var row = quote.Schedule()[quote.Terms.TermMonths / 2];
                var from = row.Number == 1 ? quote.Terms.PayoutDate : quote.FirstDueDate.AddMonths(row.Number - 2);
                var days = row.DueDate.DayNumber - from.DayNumber;
                var balance = MinorUnits.Of(row.Balance + row.Principal, quote.Terms.Currency);
                var accrued = Enumerable
                    .Range(0, days + 1)
                    .Select(day => EarlySettlement.Accrued(quote.Terms, row.Number - 1, balance, from, from.AddDays(day)));

                accrued.ShouldBeInOrder();
                MinorUnits.Amount(accrued.Last(), quote.Terms.Currency).ShouldBe(row.Interest, quote.Terms.ToString());
            },
            loans: 500
        );

    [Fact]
    public void Days_outside_the_loan_are_refused()
    {
        var quote = Quote(_halfYear);

        Should.Throw<ArgumentOutOfRangeException>(() => EarlySettlement.Of(quote, new(2023, 12, 31)));
        Should.Throw<ArgumentOutOfRangeException>(() => EarlySettlement.Of(quote, new(2024, 7, 2)));
    }
}
