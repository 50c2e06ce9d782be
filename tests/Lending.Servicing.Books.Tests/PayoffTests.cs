using Lending.Kernel;
using Lending.Loans.Amortization;

namespace Lending.Servicing.Books.Tests;

/// <summary>Days on which a payoff is not all that happens; random lives found each of them.</summary>
public sealed class PayoffTests
{
    private static readonly Currency _euro = Currency.Get("EUR");

    /// <summary>14 instalments, fixed to the cent, with all that the law gives for an early end.</summary>
    private static readonly LoanContract _fixed = new(_euro, 25_252, 12, Rows(25_252, 12, 14))
    {
        DefaultInterest = DefaultInterestRule.Bgb288,
        HasEarlyRepaymentCompensation = true,
        CostsForWholeTerm = 100,
    };

    [Fact]
    public void A_payoff_pays_what_is_owed_after_a_refund_of_the_same_day()
    {
        // The credit is not there: what is refunded becomes a debt, which bears compensation.
        var day = new DateOnly(2025, 6, 4);
        LoanEvent[] events =
        [
            new Disbursed(Id(1), new(2024, 1, 1), 25_252),
            new Rescheduled(Id(2), new(2024, 3, 21), new(2024, 3, 21))
            {
                AddedInstalments = 2,
                PrincipalFreeInstalments = 2,
                AnnualRatePercent = 3,
            },
            new CreditRefunded(Id(3), day, 224.6m),
        ];
        var contract = _fixed with { Allocation = AllocationRuleSets.PenaltiesFeesInterestPrincipal, Surplus = Surplus.Next };

        var (payoff, paid) = PayOff(contract, events, day);

        payoff.Compensation.ShouldBe(4.07m);
        ShouldBeSettled(paid);
        paid.Problems.ShouldBe([new(Id(3), "credit-exceeded")]);
    }

    [Fact]
    public void A_payoff_pays_what_is_owed_after_the_loan_was_called_due_on_the_same_day()
    {
        var day = new DateOnly(2024, 8, 15);

        var (payoff, paid) = PayOff(_fixed, [new Disbursed(Id(1), new(2024, 1, 1), 25_252), new CalledDue(Id(2), day)], day);

        payoff.Compensation.ShouldBe(0);
        ShouldBeSettled(paid);
    }

    [Fact]
    public void A_payoff_in_two_payments_of_a_day_settles()
    {
        var day = new DateOnly(2024, 6, 26);
        LoanEvent[] events = [new Disbursed(Id(1), new(2024, 1, 1), 25_252), new ExtraRepayment(Id(2), new(2024, 3, 1), 5_000)];
        var contract = _fixed with { Surplus = Surplus.Last };
        var whole = LoanReplay.PayoffOn(contract, events, day, BaseRates.Germany).Total;
        var part = new PaymentReceived(Id(3), day, 15_000) { IsPayoff = true };

        var (rest, paid) = PayOff(contract, [.. events, part], day);

        rest.Total.ShouldBe(whole - 15_000);
        ShouldBeSettled(paid);
    }

    [Fact]
    public void Interest_that_is_due_later_is_booked_at_the_end_of_the_month_where_all_principal_is_repaid()
    {
        // An extra repayment takes all principal, and leaves the interest of 16 days.
        LoanEvent[] events = [new Disbursed(Id(1), new(2024, 1, 1), 10_000), new ExtraRepayment(Id(2), new(2024, 1, 17), 10_000)];

        var contract = _fixed with { HasEarlyRepaymentCompensation = false, CostsForWholeTerm = 0 };

        var state = LoanReplay.At(contract, events, new(2024, 1, 31), BaseRates.Germany);

        state.InterestAccrued.ShouldBeGreaterThan(0);
        Ledger.Balances(state.Entries)[LedgerAccount.InterestEarned].ShouldBe(state.InterestAccrued);
    }

    [Fact]
    public void A_payoff_that_falls_short_never_settles_without_compensation_and_pays_what_becomes_due()
    {
        var day = new DateOnly(2024, 6, 26);
        Disbursed first = new(Id(1), new(2024, 1, 1), 25_252);
        LoanEvent[] paidSoFar =
        [
            .. _fixed
                .Instalments.Take(5)
                .Select((plan, index) => new PaymentReceived(Id(2 + index), plan.DueOn, plan.Principal!.Value + plan.Interest!.Value)),
        ];
        var payoff = LoanReplay.PayoffOn(_fixed, [first, .. paidSoFar], day, BaseRates.Germany);
        LoanEvent[] events = [first, .. paidSoFar, new PaymentReceived(Id(10), day, payoff.Total - 0.01m) { IsPayoff = true }];
        var onDay = LoanReplay.At(_fixed, events, day, BaseRates.Germany);

        var later = LoanReplay.At(_fixed, events, new(2024, 8, 31), BaseRates.Germany);
        LoanEvent[] withCent = [.. events, new PaymentReceived(Id(11), new(2024, 7, 15), 0.01m)];
        var afterCent = LoanReplay.At(_fixed, withCent, new(2024, 8, 31), BaseRates.Germany);

        payoff.Compensation.ShouldBeGreaterThan(0);
        onDay.Credit.ShouldBe(payoff.Total - 0.01m);
        foreach (var state in new[] { later, afterCent })
        {
            state.Status.ShouldBe(LoanStatus.Active);
            state.PrincipalOutstanding.ShouldBe(onDay.PrincipalOutstanding - state.Schedule.Skip(5).Take(2).Sum(row => row.PrincipalPaid));
            state.Schedule.Count(row => row.IsDue && row.Open == 0).ShouldBe(7, "those of July and August are paid by the credit");
        }
        ShouldBeSettled(PayOff(_fixed, withCent, new(2024, 8, 31)).Paid);
    }

    [Fact]
    public void A_payment_of_the_rest_of_a_payoff_settles_with_compensation()
    {
        var day = new DateOnly(2024, 6, 26);
        Disbursed first = new(Id(1), new(2024, 1, 1), 25_252);
        var payoff = LoanReplay.PayoffOn(_fixed, [first], day, BaseRates.Germany);
        LoanEvent[] events =
        [
            first,
            new PaymentReceived(Id(2), day, payoff.Total - 100) { IsPayoff = true },
            new PaymentReceived(Id(3), day.AddDays(1), 150),
        ];

        var state = LoanReplay.At(_fixed, events, day.AddDays(1), BaseRates.Germany);

        state.Status.ShouldBe(LoanStatus.Settled);
        state.Entries.ShouldContain(entry => entry.Key == $"compensation:event:{Id(3)}");
    }

    [Fact]
    public void A_plain_payment_ends_the_loan_for_the_payoff_and_for_nothing_less()
    {
        var day = new DateOnly(2024, 6, 26);
        Disbursed first = new(Id(1), new(2024, 1, 1), 25_252);
        var payoff = LoanReplay.PayoffOn(_fixed, [first], day, BaseRates.Germany);

        var enough = LoanReplay.At(_fixed, [first, new PaymentReceived(Id(2), day, payoff.Total)], day, BaseRates.Germany);
        var tooLittle = LoanReplay.At(_fixed, [first, new PaymentReceived(Id(2), day, payoff.Total - 0.01m)], day, BaseRates.Germany);
        var extra = LoanReplay.At(_fixed, [first, new ExtraRepayment(Id(2), day, payoff.Total - 0.01m)], day, BaseRates.Germany);

        payoff.Compensation.ShouldBeGreaterThan(payoff.CostReduction);
        ShouldBeSettled(enough);
        Ledger.Balances(enough.Entries)[LedgerAccount.FeeIncome].ShouldBe(payoff.CostReduction - payoff.Compensation);
        foreach (var state in new[] { tooLittle, extra })
        {
            state.Status.ShouldBe(LoanStatus.Active);
            state.Credit.ShouldBe(payoff.Total - 0.01m - payoff.OverdueAndDue - payoff.DefaultInterest);
        }
    }

    [Fact]
    public void What_the_lender_or_the_installer_pays_ends_the_loan_without_compensation()
    {
        var day = new DateOnly(2024, 6, 26);
        var contract = _fixed with { CostsForWholeTerm = 0 };
        Disbursed first = new(Id(1), new(2024, 1, 1), 25_252);
        var payoff = LoanReplay.PayoffOn(contract, [first], day, BaseRates.Germany);
        foreach (var source in new[] { PaymentSource.Installer, PaymentSource.Goodwill })
        {
            PaymentReceived payment = new(Id(2), day, payoff.Total - payoff.Compensation) { Source = source };

            ShouldBeSettled(LoanReplay.At(contract, [first, payment], day, BaseRates.Germany));
        }
    }

    [Theory]
    [InlineData(ReturnRule.PaysNothing)]
    [InlineData(ReturnRule.AddsPrincipal)]
    public void A_payoff_that_the_bank_takes_back_on_its_day_is_owed_again_and_can_be_paid_again(ReturnRule rule)
    {
        var day = new DateOnly(2024, 6, 26);
        var contract = _fixed with { Returns = rule };
        Disbursed first = new(Id(1), new(2024, 1, 1), 25_252);
        var payoff = LoanReplay.PayoffOn(contract, [first], day, BaseRates.Germany).Total;
        var payment = new PaymentReceived(Id(2), day, payoff) { IsPayoff = true };

        LoanEvent[] events = [first, payment, new PaymentReturned(Id(3), day, payment.Id, payoff)];

        var (again, paid) = PayOff(contract, events, day);

        again.Total.ShouldBe(payoff);
        paid.Problems.ShouldBeEmpty();
        ShouldBeSettled(paid);
    }

    [Fact]
    public void A_fee_that_is_due_after_all_principal_is_owed_and_is_not_overdue_before()
    {
        // An extra repayment ends the loan before the instalment with which the fee was to be paid.
        var contract = new LoanContract(_euro, 1_200, 0, PlannedInstalment.Monthly(new(2024, 2, 1), 12))
        {
            DefaultInterest = new(10, IsAboveBaseRate: false),
        };
        LoanEvent[] events =
        [
            new Disbursed(Id(1), new(2024, 1, 1), 1_200),
            new ExtraRepayment(Id(2), new(2024, 2, 1), 1_100),
            new ExtraRepayment(Id(3), new(2024, 2, 2), 50),
            new Charged(Id(4), new(2024, 2, 3), ClaimKind.Fee, 24) { DueOn = new(2024, 12, 15) },
            new PaymentReceived(Id(5), new(2024, 3, 1), 50),
        ];

        var before = LoanReplay.At(contract, events, new(2024, 12, 14));
        (before.Fees, before.DefaultInterest, before.Arrears.Amount).ShouldBe((24, 0, 0));
        LoanReplay.At(contract, events, new(2025, 12, 15)).DefaultInterest.ShouldBe(2.40m);
        ShouldBeSettled(PayOff(contract, events, new(2024, 12, 20)).Paid);
    }

    [Fact]
    public void A_credit_pays_its_part_of_a_payoff_where_a_fee_that_is_due_later_is_all_that_is_owed()
    {
        var contract = new LoanContract(_euro, 1_200, 0, PlannedInstalment.Monthly(new(2024, 2, 1), 1));
        LoanEvent[] events =
        [
            new Disbursed(Id(1), new(2024, 1, 1), 1_200),
            new PaymentReceived(Id(2), new(2024, 2, 1), 1_210.24m),
            new Charged(Id(3), new(2024, 2, 3), ClaimKind.Fee, 21.45m) { DueOn = new(2024, 3, 15) },
        ];

        var (payoff, paid) = PayOff(contract, events, new(2024, 2, 10));

        payoff.Total.ShouldBe(11.21m);
        ShouldBeSettled(paid);
    }

    [Fact]
    public void A_credit_pays_what_is_called_due()
    {
        LoanEvent[] events =
        [
            new Disbursed(Id(1), new(2024, 1, 1), 25_252),
            new PaymentReceived(Id(2), new(2024, 1, 20), 5_000),
            new CalledDue(Id(3), new(2024, 1, 25)),
        ];

        var state = LoanReplay.At(_fixed, events, new(2024, 1, 25), BaseRates.Germany);

        state.Credit.ShouldBe(0);
        (state.PrincipalOutstanding + state.InterestDue).ShouldBe(20_252 + state.Schedule.Sum(row => row.Interest));
        ShouldBeSettled(PayOff(_fixed, events, new(2024, 1, 25)).Paid);
    }

    [Fact]
    public void An_extra_repayment_of_nearly_all_loses_nothing_where_interest_was_paid_in_advance()
    {
        // The second instalment is paid early; its interest of the days to come becomes principal, which may leave less than was sent.
        var contract = new LoanContract(_euro, 1_000, 6, Rows(1_000, 6, 3)) { Surplus = Surplus.Next };
        LoanEvent[] before = [new Disbursed(Id(1), new(2024, 1, 1), 1_000), new PaymentReceived(Id(2), new(2024, 2, 1), 673.34m)];
        for (var amount = 325m; amount < 340; amount += 0.05m)
        {
            var state = LoanReplay.At(contract, [.. before, new ExtraRepayment(Id(3), new(2024, 2, 21), amount)], new(2024, 2, 21));

            state.Entries.ShouldAllBe(entry => entry.Lines.Sum(line => line.Amount) == 0, $"{amount}");
        }
    }

    private static (Payoff Payoff, LoanState Paid) PayOff(LoanContract contract, LoanEvent[] events, DateOnly day)
    {
        var payoff = LoanReplay.PayoffOn(contract, events, day, BaseRates.Germany);
        PaymentReceived payment = new(Id(99), day, payoff.Total) { IsPayoff = true };
        return (payoff, LoanReplay.At(contract, [.. events, payment], day, BaseRates.Germany));
    }

    private static void ShouldBeSettled(LoanState paid)
    {
        paid.Status.ShouldBe(LoanStatus.Settled);
        (paid.Credit, paid.Fees, paid.DefaultInterest).ShouldBe((0, 0, 0));
        paid.Schedule.ShouldAllBe(row => row.Open == 0);
    }

    private static IReadOnlyList<PlannedInstalment> Rows(decimal principal, decimal rate, int months)
    {
        LoanQuote
            .TryOf(new LoanTerms(principal, rate, months, _euro) { FirstDueDate = new(2024, 2, 1) }, out var quote, out _)
            .ShouldBeTrue();
        return PlannedInstalment.Of(quote!.Schedule());
    }

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
