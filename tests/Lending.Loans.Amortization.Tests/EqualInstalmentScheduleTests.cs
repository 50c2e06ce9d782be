using FsCheck.Fluent;
using static Lending.Loans.Amortization.Tests.Loans;

namespace Lending.Loans.Amortization.Tests;

public sealed class EqualInstalmentScheduleTests
{
    // European Commission, APRC examples, 2015, case 1. Its second interest is 997.84, but its rows are rounded apart from each other
    // and do not add up: 997.84 and the fall of its balance, 435.03, make 1432.87.
    [Fact]
    public void Reproduces_the_mortgage_of_the_European_Commission()
    {
        var rows = Loan(200_000, 6, 240).Schedule();

        rows.Count.ShouldBe(240);
        rows.ShouldAllBe(row => row.Payment == 1432.86m);
        rows.Take(3).Select(row => row.Interest).ShouldBe([1000.00m, 997.83m, 995.66m]);
        rows.Take(3).Select(row => row.Balance).ShouldBe([199_567.14m, 199_132.11m, 198_694.91m]);
    }

    [Fact]
    public void An_interest_free_loan_repays_the_amount_without_interest() =>
        Loan(1_000, 0, 4).Schedule().ShouldAllBe(row => row.Payment == 250.00m && row.Principal == 250.00m && row.Interest == 0);

    [Fact]
    public void The_last_payment_of_an_interest_free_loan_takes_what_is_left()
    {
        Loan(1_000, 0, 3).Schedule().Select(row => row.Payment).ShouldBe([333.33m, 333.33m, 333.34m]);
        Loan(2_000, 0, 3).Schedule().Select(row => row.Payment).ShouldBe([666.67m, 666.67m, 666.66m]);
    }

    [Fact]
    public void The_last_payment_takes_what_n_payments_fall_short_of_the_amount()
    {
        var terms = Loan(1_000, 0.000001m, 3);

        terms.FallsShort().ShouldBeTrue();
        terms.Schedule().Select(row => row.Payment).ShouldBe([333.33m, 333.33m, 333.34m]);
    }

    [Fact]
    public void Due_dates_count_from_the_first_one() =>
        Loan(1_000, 5, 4)
            .Schedule()
            .Select(row => row.DueDate)
            .ShouldBe([new(2026, 1, 31), new(2026, 2, 28), new(2026, 3, 31), new(2026, 4, 30)]);

    [Fact]
    public void Principals_add_up_to_the_amount() => ForAll(terms => terms.Schedule().Sum(row => row.Principal).ShouldBe(terms.Amount));

    [Fact]
    public void The_last_balance_is_zero() => ForAll(terms => terms.Schedule()[^1].Balance.ShouldBe(0));

    [Fact]
    public void Each_principal_is_the_fall_of_the_balance() =>
        ForAll(terms =>
        {
            var rows = terms.Schedule();
            rows.ShouldAllBe(row => row.Principal == rows.BalanceBefore(row, terms) - row.Balance);
        });

    [Fact]
    public void Principal_and_interest_add_up_to_each_payment() =>
        ForAll(terms => terms.Schedule().ShouldAllBe(row => row.Principal + row.Interest == row.Payment));

    [Fact]
    public void Nothing_is_negative() =>
        ForAll(terms => terms.Schedule().ShouldAllBe(row => row.Principal >= 0 && row.Interest >= 0 && row.Balance >= 0));

    [Fact]
    public void All_amounts_carry_the_scale_of_the_currency() =>
        ForAll(terms =>
            terms
                .Schedule()
                .SelectMany(row => new[] { row.Payment, row.Principal, row.Interest, row.Balance })
                .ShouldAllBe(amount => amount.Scale == terms.Currency.MinorUnitDigits)
        );

    [Fact]
    public void All_payments_of_a_loan_with_interest_are_equal_unless_they_fall_short_of_the_amount() =>
        ForAll(terms =>
        {
            var payment = PlainAnnuity.MonthlyPayment(terms);
            var rows = terms.Schedule();
            if (terms.IsInterestFree)
            {
                rows.ShouldAllBe(row => row.Payment == row.Principal);
                return;
            }

            rows.SkipLast(1).ShouldAllBe(row => row.Payment == payment);
            rows[^1].Payment.ShouldBe(payment + Math.Max(0, terms.Amount - terms.TermMonths * payment));
        });

    [Fact]
    public void An_interest_free_loan_pays_the_instalment_until_nothing_is_owed() =>
        ForAll(terms =>
        {
            if (terms.IsInterestFree)
            {
                var payment = PlainAnnuity.MonthlyPayment(terms);
                var rows = terms.Schedule();
                rows.SkipLast(1).ShouldAllBe(row => row.Payment == Math.Min(payment, rows.BalanceBefore(row, terms)));
            }
        });

    [Fact]
    public void Each_interest_is_within_one_and_a_half_minor_units_of_the_exact_interest() =>
        ForAll(
            terms =>
            {
                var exactBalances = new ExactLoan(terms).Balances();
                terms
                    .Schedule()
                    .ShouldAllBe(row =>
                        Math.Abs(row.Interest - exactBalances[row.Number - 1] * terms.AnnualRatePercent / 1200)
                        <= 1.5m * terms.Currency.MinorUnit + 1e-9m
                    );
            },
            loans: 300
        );

    [Fact]
    public void The_figures_are_the_sums_of_the_schedule() =>
        ForAll(terms =>
        {
            var rows = terms.Schedule();
            var figures = Quote(terms);

            figures.MonthlyPayment.ShouldBe(PlainAnnuity.MonthlyPayment(terms));
            figures.TotalPayment.ShouldBe(rows.Sum(row => row.Payment));
            figures.TotalInterest.ShouldBe(rows.Sum(row => row.Interest));
            figures.TotalInterest.Scale.ShouldBe((byte)terms.Currency.MinorUnitDigits);
        });

    [Fact]
    public void The_properties_see_every_branch_of_the_rule()
    {
        var loans = Any.Sample(2_000).ToList();

        loans.ShouldContain(terms => terms.IsInterestFree && terms.FallsShort());
        loans.ShouldContain(terms => terms.IsInterestFree && terms.TermMonths * PlainAnnuity.MonthlyPayment(terms) > terms.Amount);
        loans.ShouldContain(terms => !terms.IsInterestFree && terms.FallsShort());
        loans.ShouldContain(terms => !terms.IsInterestFree && !terms.FallsShort() && terms.Schedule()[0].Interest == 0);
    }
}
