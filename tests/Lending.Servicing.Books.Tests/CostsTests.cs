using Lending.Kernel;

namespace Lending.Servicing.Books.Tests;

/// <summary>
/// What shrinks or is earned with the term. 10,000.00 for the 365 days of 2026, with 365.00 of costs for all of them, or as much from the dealer: 1.00 for each day.
/// </summary>
public sealed class CostsTests
{
    private static readonly DateOnly _paidOut = new(2026, 1, 1);
    private static readonly DateOnly _end = new(2027, 1, 1);

    private static readonly LoanContract _withCosts = new(Currency.Get("EUR"), 10_000, 6, PlannedInstalment.Monthly(new(2026, 2, 1), 12))
    {
        CostsForWholeTerm = 365,
    };

    private static readonly LoanContract _withDealer = _withCosts with { CostsForWholeTerm = 0, DealerFee = 365 };

    private static readonly Disbursed _payout = new(Id(1), _paidOut, 10_000);

    [Theory]
    [InlineData(false, 3_000)]
    [InlineData(true, 3_000)]
    [InlineData(false, 7_000)]
    public void A_part_that_is_repaid_early_saves_its_part_of_the_costs_and_a_payoff_the_rest(bool makesSmaller, int amount)
    {
        // 275 days are left.
        var day = new DateOnly(2026, 4, 1);
        LoanEvent[] before = [_payout, .. PaidUntil(_withCosts, day)];
        LoanEvent[] events = [.. before, new ExtraRepayment(Id(50), day, amount) { MakesInstalmentsSmaller = makesSmaller }];
        var whole = LoanReplay.PayoffOn(_withCosts, before, day);

        var given = Given(LoanReplay.At(_withCosts, events, day)).ShouldHaveSingleItem();
        var rest = LoanReplay.PayoffOn(_withCosts, events, day);

        whole.CostReduction.ShouldBe(275);
        given.Key.ShouldBe($"cost-reduction:event:{Id(50)}");
        AmountOf(given).ShouldBe(decimal.Round(275 * amount / whole.PrincipalToCome, 2));
        (AmountOf(given) + rest.CostReduction).ShouldBe(275, 0.01m);
        // It is the borrower's, and so a payoff in two parts costs what it costs in one.
        rest.Credit.ShouldBe(AmountOf(given));
        (amount + rest.Total).ShouldBe(whole.Total, 0.01m);
        var paid = LoanReplay.At(_withCosts, [.. events, new PaymentReceived(Id(51), day, rest.Total) { IsPayoff = true }], day);
        (paid.Status, paid.Credit).ShouldBe((LoanStatus.Settled, 0));
    }

    [Theory]
    [InlineData(Surplus.Shorter, "2026-04-01", 1)]
    [InlineData(Surplus.Smaller, "2026-04-01", 1)]
    [InlineData(Surplus.Shorter, "2026-03-20", 1)]
    [InlineData(Surplus.Smaller, "2026-03-20", 1)]
    [InlineData(Surplus.Next, "2026-04-01", 0)]
    [InlineData(Surplus.Credit, "2026-04-01", 0)]
    public void A_surplus_saves_costs_where_it_is_more_than_the_next_instalment_takes(Surplus surplus, string paidOn, int count)
    {
        var day = new DateOnly(2026, 4, 1);
        LoanEvent[] events =
        [
            _payout,
            .. PaidUntil(_withCosts, new(2026, 3, 1)),
            new PaymentReceived(Id(50), DateOnly.ParseExact(paidOn, "yyyy-MM-dd", null), 3_000) { Surplus = surplus },
        ];

        var state = LoanReplay.At(_withCosts, events, day);

        var given = Given(state);
        given.Count.ShouldBe(count);
        // 3,000.00 without the instalment, of what is to come after it; a reduction that is there on the due date pays its interest.
        given.ShouldAllBe(entry => AmountOf(entry) > 75 && AmountOf(entry) < 80 && entry.EffectiveOn == day);
        (given.Sum(AmountOf) + LoanReplay.PayoffOn(_withCosts, events, day).CostReduction).ShouldBe(275, 0.01m);
    }

    [Fact]
    public void Who_repays_what_the_next_instalment_takes_some_days_before_it_is_due_repays_nothing_early()
    {
        var rows = LoanReplay.At(_withCosts, [_payout], _paidOut).Schedule;
        LoanEvent[] events =
        [
            _payout,
            .. rows.SkipLast(1)
                .Select(row => new PaymentReceived(Id(1 + row.Number), row.DueOn.AddDays(-3), row.Principal) { Surplus = Surplus.Shorter }),
            .. rows.Select(row => new PaymentReceived(Id(20 + row.Number), row.DueOn, row.Interest)),
        ];

        Given(LoanReplay.At(_withCosts, events, _end.AddDays(-1))).ShouldBeEmpty();
    }

    [Fact]
    public void What_the_dealer_left_is_income_of_the_days_of_the_term()
    {
        LoanEvent[] events = [_payout, .. PaidUntil(_withDealer, _end)];

        EarnedUntil(events, new(2026, 1, 30)).ShouldBe(0);
        EarnedUntil(events, new(2026, 1, 31)).ShouldBe(30);
        EarnedUntil(events, new(2026, 12, 31)).ShouldBe(364);
        EarnedUntil(events, _end).ShouldBe(365, "nothing is owed any more");
        LoanReplay
            .At(_withDealer, events, _end)
            .Entries.Where(entry => entry.Key.StartsWith("dealer-fee", StringComparison.Ordinal))
            .Select(entry => entry.Key)
            .ShouldBeUnique();
    }

    [Fact]
    public void What_the_dealer_left_and_is_not_earned_is_with_the_end_of_the_loan()
    {
        var day = new DateOnly(2026, 4, 10);
        LoanEvent[] before = [_payout, .. PaidUntil(_withDealer, day)];
        var payoff = LoanReplay.PayoffOn(_withDealer, before, day).Total;

        EarnedUntil([.. before, new PaymentReceived(Id(50), day, payoff) { IsPayoff = true }], day).ShouldBe(365);
        EarnedUntil([.. before, new WrittenOff(Id(50), day)], day).ShouldBe(365);
        EarnedUntil([.. before, new CalledDue(Id(50), day)], day).ShouldBe(89, "it is owed still");
    }

    [Fact]
    public void A_longer_term_takes_back_nothing_that_was_earned_of_what_the_dealer_left()
    {
        var day = new DateOnly(2026, 12, 31);
        LoanEvent[] events = [_payout, new Rescheduled(Id(50), day, day) { AddedInstalments = 12 }];

        EarnedUntil(events, day).ShouldBe(364);
        EarnedUntil(events, new(2027, 1, 31)).ShouldBe(364);
        EarnedUntil(events, new(2028, 1, 31)).ShouldBe(365);
    }

    [Theory]
    [InlineData("2026-01-10", 9)]
    [InlineData("2026-02-03", 33)]
    public void Who_withdraws_owes_nothing_of_what_the_dealer_left(string on, int days)
    {
        var day = DateOnly.ParseExact(on, "yyyy-MM-dd", null);
        var contract = _withDealer with { AnnualRatePercent = 0 };
        LoanEvent[] events = [_payout, new Withdrawn(Id(2), day)];

        var balances = Ledger.Balances(LoanReplay.At(contract, events, day).Entries);

        days.ShouldBe(day.DayNumber - _paidOut.DayNumber);
        LoanReplay.PayoffOn(contract, events, day).Total.ShouldBe(10_000 - 365);
        (balances[LedgerAccount.DealerFeeDeferred], balances.GetValueOrDefault(LedgerAccount.FeeIncome)).ShouldBe((0, 0));
        balances[LedgerAccount.ClearingOut].ShouldBe(-10_000 + 365, "what is owed back is what was paid out");
    }

    [Fact]
    public void What_is_repaid_of_a_first_tranche_saves_no_costs_of_those_to_come()
    {
        var day = new DateOnly(2026, 1, 1);
        LoanEvent[] events = [new Disbursed(Id(1), _paidOut, 5_000), new ExtraRepayment(Id(50), day, 900)];

        var given = Given(LoanReplay.At(_withCosts, events, day)).ShouldHaveSingleItem();

        AmountOf(given).ShouldBe(32.85m, "nine percent of the loan");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5_000)]
    public void Who_repays_a_part_and_withdraws_then_gets_the_fees_back_once(int repaid)
    {
        var contract = _withCosts with { AnnualRatePercent = 0, FinancedFee = 165, DealerFee = 200 };
        LoanEvent[] events =
        [
            _payout,
            .. repaid > 0 ? new LoanEvent[] { new ExtraRepayment(Id(50), new(2026, 1, 6), repaid) } : [],
            new Withdrawn(Id(51), new(2026, 1, 10)),
        ];

        var state = LoanReplay.At(contract, events, new(2026, 1, 10));

        (repaid + LoanReplay.PayoffOn(contract, events, new(2026, 1, 10)).Total).ShouldBe(10_000 - 365);
        Ledger.Balances(state.Entries).GetValueOrDefault(LedgerAccount.FeeIncome).ShouldBe(0);
    }

    [Fact]
    public void Accounts_that_were_opened_before_are_booked_as_before()
    {
        var contract = _withCosts with { RulesVersion = 1, DealerFee = 100 };
        LoanEvent[] events = [_payout, new ExtraRepayment(Id(50), new(2026, 1, 10), 3_000)];

        var state = LoanReplay.At(contract, events, new(2026, 6, 30));

        Given(state).ShouldBeEmpty();
        Ledger.Balances(state.Entries)[LedgerAccount.DealerFeeDeferred].ShouldBe(-100);
        LoanReplay.PayoffOn(contract, events, new(2026, 1, 10)).CostReduction.ShouldBe(356);
    }

    [Fact]
    public void Whatever_happens_costs_go_back_once_and_what_the_dealer_left_is_earned_once() =>
        Lives.ForAll(life =>
        {
            var state = LoanReplay.At(life.Contract with { DealerFee = 30 }, life.Events, Life.End, BaseRates.Germany);
            var balances = Ledger.Balances(state.Entries);

            Given(state).Sum(AmountOf).ShouldBeInRange(0, life.Contract.CostsForWholeTerm + 0.1m);
            var deferred = balances.GetValueOrDefault(LedgerAccount.DealerFeeDeferred);
            deferred.ShouldBeInRange(-30, 0);
            if (state.Status is LoanStatus.Settled or LoanStatus.WrittenOff or LoanStatus.Withdrawn)
            {
                deferred.ShouldBe(0);
            }
        });

    private static decimal EarnedUntil(LoanEvent[] events, DateOnly day)
    {
        var balances = Ledger.Balances(LoanReplay.At(_withDealer, events, day).Entries);
        (balances.GetValueOrDefault(LedgerAccount.FeeIncome) + balances[LedgerAccount.DealerFeeDeferred]).ShouldBe(-365);
        return -balances.GetValueOrDefault(LedgerAccount.FeeIncome);
    }

    private static List<JournalEntry> Given(LoanState state) =>
        [.. state.Entries.Where(entry => entry.Key.StartsWith("cost-reduction:", StringComparison.Ordinal))];

    private static decimal AmountOf(JournalEntry reduction) =>
        reduction.Lines.Single(line => line.Account == LedgerAccount.FeeIncome).Amount;

    /// <summary>Each instalment on its day.</summary>
    private static IEnumerable<PaymentReceived> PaidUntil(LoanContract contract, DateOnly day) =>
        LoanReplay
            .At(contract, [_payout], _paidOut)
            .Schedule.Where(row => row.DueOn <= day)
            .Select(row => new PaymentReceived(Id(1 + row.Number), row.DueOn, row.Due));

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
