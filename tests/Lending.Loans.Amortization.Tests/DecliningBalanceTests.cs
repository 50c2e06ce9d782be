using static Lending.Loans.Amortization.Tests.Loans;

namespace Lending.Loans.Amortization.Tests;

/// <summary>
/// Schedules of Apache Fineract's tests of progressive loans. Most are of 100, which is less than we lend: the method is given what is
/// owed beside the terms.
/// </summary>
public sealed class DecliningBalanceTests
{
    private static readonly LoanTerms _halfYear = Loan(500, 7, 6) with
    {
        Method = ScheduleMethod.DecliningBalance,
        PayoutDate = new(2024, 1, 1),
        FirstDueDate = new(2024, 2, 1),
    };

    [Fact]
    public void Months_of_a_twelfth() =>
        Rows(_halfYear, 100)
            .ShouldBe([
                (17.01m, 0.58m, 83.57m),
                (17.01m, 0.49m, 67.05m),
                (17.01m, 0.39m, 50.43m),
                (17.01m, 0.29m, 33.71m),
                (17.01m, 0.20m, 16.90m),
                (17.00m, 0.10m, 0m),
            ]);

    [Fact]
    public void Another_rate() =>
        Rows(At(9.4822m), 100)
            .ShouldBe([
                (17.13m, 0.79m, 83.66m),
                (17.13m, 0.66m, 67.19m),
                (17.13m, 0.53m, 50.59m),
                (17.13m, 0.40m, 33.86m),
                (17.13m, 0.27m, 17.00m),
                (17.13m, 0.13m, 0m),
            ]);

    // The last instalment differs by 4 cents, more than half of 6, but with 17.44 it would differ by more.
    [Fact]
    public void Actual_days_over_365() =>
        Rows(At(15.678m) with { DayCount = DayCount.Actual365Fixed }, 100)
            .ShouldBe([
                (17.43m, 1.33m, 83.90m),
                (17.43m, 1.05m, 67.52m),
                (17.43m, 0.90m, 50.99m),
                (17.43m, 0.66m, 34.22m),
                (17.43m, 0.46m, 17.25m),
                (17.47m, 0.22m, 0m),
            ]);

    // Fineract counts 31 December as a day of the new year; the difference is below half a cent in each row.
    [Fact]
    public void Actual_days_over_the_days_of_the_year() =>
        Rows(
                At(9.4822m) with
                {
                    DayCount = DayCount.ActualActualIsda,
                    PayoutDate = new(2023, 12, 12),
                    FirstDueDate = new(2024, 1, 12),
                },
                100
            )
            .ShouldBe([
                (17.13m, 0.80m, 83.67m),
                (17.13m, 0.67m, 67.21m),
                (17.13m, 0.50m, 50.58m),
                (17.13m, 0.41m, 33.86m),
                (17.13m, 0.26m, 16.99m),
                (17.13m, 0.14m, 0m),
            ]);

    [Fact]
    public void A_first_period_of_17_of_31_days() =>
        Rows(At(9.99m) with { PayoutDate = new(2024, 1, 15), StubDayCount = DayCount.ActualActualIcma }, 192.22m)
            .ShouldBe([
                (32.85m, 0.88m, 160.25m),
                (32.85m, 1.33m, 128.73m),
                (32.85m, 1.07m, 96.95m),
                (32.85m, 0.81m, 64.91m),
                (32.85m, 0.54m, 32.60m),
                (32.87m, 0.27m, 0m),
            ]);

    [Fact]
    public void Another_rate_after_the_first_instalment() =>
        Rows(_halfYear with { RateSteps = [new(2, 4)] }, 100)
            .ShouldBe([
                (17.01m, 0.58m, 83.57m),
                (16.88m, 0.28m, 66.97m),
                (16.88m, 0.22m, 50.31m),
                (16.88m, 0.17m, 33.60m),
                (16.88m, 0.11m, 16.83m),
                (16.89m, 0.06m, 0m),
            ]);

    [Fact]
    public void No_interest() =>
        Rows(Loan(1_000, 0, 4) with { Method = ScheduleMethod.DecliningBalance }, 1_000)
            .ShouldBe([(250m, 0m, 750m), (250m, 0m, 500m), (250m, 0m, 250m), (250m, 0m, 0m)]);

    [Fact]
    public void Three_years() =>
        Quote(Loan(100_000, 9.99m, 36) with { Method = ScheduleMethod.DecliningBalance }).MonthlyPayment.ShouldBe(3226.25m);

    [Fact]
    public void A_year() => Rows(_halfYear.WithTerm(12), 100).SkipLast(1).ShouldAllBe(row => row.Payment == 8.65m);

    // q(100/12) = 8.33 leaves 8.37; 0.04 is not more than half of 12. 1000/7 = 142.857 rounds to 142.86 and leaves 142.84.
    [Fact]
    public void The_last_instalment_takes_the_rest()
    {
        Rows(Loan(500, 0, 12) with { Method = ScheduleMethod.DecliningBalance }, 100)[^1].Payment.ShouldBe(8.37m);
        Rows(Loan(500, 0, 7) with { Method = ScheduleMethod.DecliningBalance }, 1_000)[^1].Payment.ShouldBe(142.84m);
    }

    // 377.09 would leave a last instalment that is more than 1.50, half of 300 cents, away; 377.10 leaves one that is nearer.
    [Fact]
    public void The_level_instalment_moves_where_that_brings_the_last_one_nearer()
    {
        var terms = Loan(100_059, 1, 300) with { Method = ScheduleMethod.DecliningBalance };

        new PlainInstalment(terms).Of(terms.OwedUnits).ShouldBe(37_709);
        Quote(terms).Instalments.ShouldBe([new(1, 299, 377.10m), new(300, 300, 375.43m)]);
    }

    [Fact]
    public void Plain_decimals_give_the_same_schedule() =>
        ForAllTerms(
            terms =>
            {
                var declining = terms with { Method = ScheduleMethod.DecliningBalance };
                var expected = PlainDecliningBalance.Payments(declining);
                var payments = new long[terms.TermMonths];
                var balances = new long[terms.TermMonths];

                Repayment.TryPlan(declining, declining.OwedUnits, payments, balances).ShouldBe(expected is not null);
                if (expected is not null)
                {
                    payments.Select(units => MinorUnits.Amount(units, terms.Currency)).ShouldBe(expected);
                }
            },
            loans: 1_000
        );

    private static LoanTerms At(decimal annualRatePercent) =>
        Loan(500, annualRatePercent, 6) with
        {
            Method = ScheduleMethod.DecliningBalance,
            PayoutDate = new(2024, 1, 1),
            FirstDueDate = new(2024, 2, 1),
        };

    private static List<(decimal Payment, decimal Interest, decimal Balance)> Rows(LoanTerms terms, decimal owed)
    {
        var payments = new long[terms.TermMonths];
        var balances = new long[terms.TermMonths];
        Repayment.TryPlan(terms, MinorUnits.Of(owed, terms.Currency), payments, balances).ShouldBeTrue();

        var rows = new List<(decimal, decimal, decimal)>();
        var before = owed;
        for (var index = 0; index < payments.Length; index++)
        {
            var balance = MinorUnits.Amount(balances[index], terms.Currency);
            var payment = MinorUnits.Amount(payments[index], terms.Currency);
            rows.Add((payment, payment - (before - balance), balance));
            before = balance;
        }

        return rows;
    }
}
