using System.Globalization;
using Lending.Kernel;
using Lending.Loans.Amortization;

namespace Lending.Servicing.Books.Tests;

/// <summary>The rules of law that are more than a case of published-cases.json.</summary>
public sealed class LawTests
{
    private static readonly Currency _euro = Currency.Get("EUR");

    [Theory]
    [InlineData("2025-01-01", "2026-01-01", 5)] // a year is left, not more than one
    [InlineData("2025-01-01", "2026-01-02", 10)]
    [InlineData("2025-01-31", "2026-02-28", 10)]
    public void Compensation_is_one_percent_or_half_of_one(string on, string end, decimal expected) =>
        EarlyRepayment
            .Compensation(
                1_000,
                interestToCome: 500,
                DateOnly.ParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                DateOnly.ParseExact(end, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                _euro
            )
            .ShouldBe(expected);

    [Fact]
    public void Compensation_is_never_more_than_the_interest_to_come() =>
        EarlyRepayment.Compensation(1_000, 3.21m, new(2025, 1, 1), new(2029, 1, 1), _euro).ShouldBe(3.21m);

    [Fact]
    public void Costs_shrink_with_the_days_that_are_left_or_the_interest_to_come()
    {
        EarlyRepayment.CostReduction(300, left: 100, whole: 365, _euro).ShouldBe(82.19m);
        EarlyRepayment.CostReduction(300, left: 0, whole: 365, _euro).ShouldBe(0);
        EarlyRepayment.CostReduction(300, left: 400, whole: 365, _euro).ShouldBe(300);
        EarlyRepayment.CostReduction(300, left: 0, whole: 0, _euro).ShouldBe(0);
    }

    [Theory]
    [InlineData(20_000, 60, false, 773.32, 2, false)] // J7: two never suffice
    [InlineData(20_000, 60, false, 1159.98, 3, true)]
    [InlineData(10_000, 24, false, 877.42, 2, false)]
    [InlineData(10_000, 24, false, 1316.13, 3, true)]
    [InlineData(20_000, 36, false, 1159.98, 3, false)] // up to three years it takes 10 %
    [InlineData(20_000, 60, true, 500, 2, true)] // land: 2.5 %
    [InlineData(20_000, 60, true, 500, 1, false)] // never one instalment alone
    public void Notice_needs_two_instalments_in_a_row_and_the_share_of_the_law(
        decimal nominal,
        int months,
        bool isSecuredByLand,
        double amount,
        int consecutive,
        bool expected
    ) =>
        new LoanLaw(IsConsumers: true, isSecuredByLand)
            .AllowsNotice(new(40, (decimal)amount, [], consecutive), nominal, months)
            .ShouldBe(expected);

    [Theory]
    [InlineData(true, false, "bgb-497", 5, true)]
    [InlineData(true, true, "bgb-367", 2.5, false)] // § 497(4)
    [InlineData(false, false, "bgb-367", 5, false)] // the repayment of a loan is paid in return for nothing: not nine points
    [InlineData(false, true, "bgb-367", 5, false)] // § 497 is for consumers alone
    public void Who_borrows_and_what_secures_it_say_which_rules_hold(
        bool isConsumers,
        bool isSecuredByLand,
        string allocation,
        double points,
        bool hasCappedCompensation
    )
    {
        var law = new LoanLaw(isConsumers, isSecuredByLand);

        law.Allocation.Name.ShouldBe(allocation);
        law.DefaultInterest.ShouldBe(new DefaultInterestRule((decimal)points, IsAboveBaseRate: true));
        law.HasCappedCompensation.ShouldBe(hasCappedCompensation);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.01, true)]
    public void Of_a_business_anything_that_is_overdue_is_enough_for_the_notice(double amount, bool expected) =>
        new LoanLaw(IsConsumers: false, IsSecuredByLand: true)
            .AllowsNotice(new(1, (decimal)amount, [], ConsecutiveInstalments: 1), nominal: 20_000, termMonths: 60)
            .ShouldBe(expected);

    [Fact]
    public void Overdue_instalments_with_one_that_is_paid_between_them_are_not_in_a_row()
    {
        var loan = new LoanContract(_euro, 400, 0, PlannedInstalment.Monthly(new(2024, 2, 1), 4));
        var first = new Disbursed(Id(1), new(2024, 1, 1), 400);
        // A rule set that pays what is due on the day alone, so that the second one is paid and the first is not.
        AllocationRuleSets.TryFind(AllocationRuleSets.Names[0], out var rules).ShouldBeTrue();
        var paid = new PaymentReceived(Id(2), new(2024, 3, 1), 100) { Allocation = OnlyDueToday(rules) };

        var state = LoanReplay.At(loan, [first, paid], new(2024, 4, 2));

        state.Arrears.Instalments.Select(overdue => overdue.DueOn).ShouldBe([new(2024, 2, 1), new(2024, 4, 1)]);
        state.Arrears.ConsecutiveInstalments.ShouldBe(1);
    }

    [Fact]
    public void Base_rates_of_the_bundesbank_are_without_a_gap_until_the_end_of_2026()
    {
        var rates = BaseRates.Germany.All;
        rates.Count.ShouldBe(8);
        for (var index = 1; index < rates.Count; index++)
        {
            rates[index].From.ShouldBe(rates[index - 1].To.AddDays(1));
        }

        rates[^1].ShouldBe(new BaseRate(new(2026, 7, 1), new(2026, 12, 31), 1.52m, rates[^1].Source));
    }

    [Fact]
    public void Base_rates_that_overlap_are_refused() =>
        Should.Throw<ArgumentException>(() =>
            new BaseRates([new(new(2024, 1, 1), new(2024, 6, 30), 1, "a"), new(new(2024, 6, 30), new(2024, 12, 31), 2, "b")])
        );

    [Fact]
    public void Default_interest_stops_at_a_gap_even_where_a_rate_is_known_after_it()
    {
        var rates = new BaseRates([new(new(2024, 1, 1), new(2024, 3, 31), 1, "a"), new(new(2024, 7, 1), new(2024, 12, 31), 2, "b")]);
        var loan = new LoanContract(_euro, 1_000, 0, [new(new(2024, 3, 1))]) { DefaultInterest = DefaultInterestRule.Bgb288 };

        var state = LoanReplay.At(loan, [new Disbursed(Id(1), new(2024, 2, 1), 1_000)], new(2024, 6, 30), rates);

        state.DefaultInterest.ShouldBe(decimal.Round(1_000 * 0.06m * 30 / 365, 2));
        state.BaseRateMissingFrom.ShouldBe(new(2024, 4, 1));
    }

    [Fact]
    public void Default_interest_bears_none_itself()
    {
        var loan = new LoanContract(_euro, 1_000, 0, [new(new(2024, 3, 1))]) { DefaultInterest = new(10, IsAboveBaseRate: false) };
        LoanEvent[] events =
        [
            new Disbursed(Id(1), new(2024, 2, 1), 1_000),
            new Charged(Id(2), new(2024, 3, 1), ClaimKind.DefaultInterest, 500),
        ];

        LoanReplay.At(loan, events, new(2025, 3, 1)).DefaultInterest.ShouldBe(600);
    }

    [Fact]
    public void After_calling_due_no_contract_interest_runs()
    {
        var loan = new LoanContract(_euro, 10_000, 5, PlannedInstalment.Monthly(new(2024, 2, 1), 24))
        {
            DefaultInterest = DefaultInterestRule.Bgb288,
        };
        LoanEvent[] events = [new Disbursed(Id(1), new(2024, 1, 1), 10_000), new CalledDue(Id(2), new(2024, 4, 16))];

        var called = LoanReplay.At(loan, events, new(2024, 4, 16), BaseRates.Germany);
        var later = LoanReplay.At(loan, events, new(2024, 6, 16), BaseRates.Germany);

        called.Status.ShouldBe(LoanStatus.CalledDue);
        called.InterestAccrued.ShouldBe(0);
        later.InterestDue.ShouldBe(called.InterestDue);
        later.DefaultInterest.ShouldBeGreaterThan(called.DefaultInterest);
        called.Arrears.Amount.ShouldBe(3 * 438.71m);
        later.Schedule[^1].Principal.ShouldBe(10_000 - later.Schedule.SkipLast(1).Sum(row => row.Principal));
    }

    [Fact]
    public void The_schedule_of_an_offer_is_kept_to_the_cent()
    {
        LoanQuote.TryOf(new LoanTerms(20_000, 6, 60, _euro) { FirstDueDate = new(2024, 2, 1) }, out var quote, out _).ShouldBeTrue();
        var rows = quote.Schedule();
        var loan = new LoanContract(_euro, 20_000, 6, PlannedInstalment.Of(rows));

        var state = LoanReplay.At(loan, [new Disbursed(Id(1), new(2024, 1, 1), 20_000)], new(2024, 1, 1));

        state
            .Schedule.Select(row => (row.DueOn, row.Principal, row.Interest, row.Balance))
            .ShouldBe(rows.Select(row => (row.DueDate, row.Principal, row.Interest, row.Balance)));
    }

    [Theory]
    [InlineData("2024-01-01", "2024-02-01", 100.00)]
    [InlineData("2024-01-16", "2024-02-01", 51.61)] // 16 of 31 days
    [InlineData("2024-01-31", "2024-02-01", 3.23)]
    [InlineData("2023-12-20", "2024-02-01", 138.71)] // 12 days of December and a month
    [InlineData("2024-02-01", "2024-03-01", 100.00)] // on the first due date nothing is due yet: the plan of a month later
    [InlineData("2024-02-11", "2024-03-01", 65.52)] // 19 of 29 days
    public void A_loan_that_is_paid_out_on_another_day_than_planned_bears_interest_from_that_day(
        string paidOutOn,
        string firstDueOn,
        double interest
    )
    {
        LoanQuote.TryOf(new LoanTerms(20_000, 6, 60, _euro) { FirstDueDate = new(2024, 2, 1) }, out var quote, out _).ShouldBeTrue();
        var rows = quote.Schedule();
        var loan = new LoanContract(_euro, 20_000, 6, PlannedInstalment.Of(rows)) { PlannedPayoutOn = new(2024, 1, 1) };
        var day = DateOnly.Parse(paidOutOn, CultureInfo.InvariantCulture);
        LoanEvent[] events = [new Disbursed(Id(1), day, 20_000)];

        var schedule = LoanReplay.At(loan, events, day).Schedule;
        var onFirstDueDate = LoanReplay.At(loan, events, schedule[0].DueOn);

        schedule[0].DueOn.ShouldBe(DateOnly.Parse(firstDueOn, CultureInfo.InvariantCulture));
        schedule[0].Interest.ShouldBe((decimal)interest);
        onFirstDueDate.InterestDue.ShouldBe((decimal)interest);
        schedule.Select(row => row.Principal).ShouldBe(rows.Select(row => row.Principal), "what is repaid stays as agreed");
        schedule.Skip(1).Select(row => row.Interest).ShouldBe(rows.Skip(1).Select(row => row.Interest));
    }

    [Theory]
    [InlineData(false, 386.66)]
    [InlineData(true, 269.23)]
    public void An_extra_repayment_makes_the_loan_shorter_or_its_instalments_smaller(bool isSmaller, double instalment)
    {
        LoanQuote.TryOf(new LoanTerms(20_000, 6, 60, _euro) { FirstDueDate = new(2024, 2, 1) }, out var quote, out _).ShouldBeTrue();
        var loan = new LoanContract(_euro, 20_000, 6, PlannedInstalment.Of(quote.Schedule()));
        List<LoanEvent> events = [new Disbursed(Id(1), new(2024, 1, 1), 20_000)];
        events.AddRange(
            Enumerable.Range(0, 12).Select(index => new PaymentReceived(Id(2 + index), new DateOnly(2024, 2, 1).AddMonths(index), 386.66m))
        );
        events.Add(new ExtraRepayment(Id(20), new(2025, 1, 1), 5_000) { MakesInstalmentsSmaller = isSmaller });

        var state = LoanReplay.At(loan, events, new(2025, 1, 1));

        // 16,463.94 were left; 11,463.94 at 6 % in 48 months are 269.23 a month.
        state.PrincipalOutstanding.ShouldBe(11_463.94m);
        state.Versions.Select(version => version.Reason).ShouldBe(["Disbursed", "ExtraRepayment"]);
        (state.Schedule.Count < 60).ShouldBe(!isSmaller);
        state.Schedule[12].Due.ShouldBe((decimal)instalment);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("past-due-penalty,past-due-fee")]
    [InlineData(
        "past-due-penalty,past-due-penalty,past-due-interest,past-due-principal,due-penalty,due-fee,due-interest,due-principal,in-advance-penalty,in-advance-fee,in-advance-interest,in-advance-principal"
    )]
    public void Rule_sets_that_say_too_little_or_something_twice_are_refused(string text) =>
        AllocationRuleSets.TryFind(text, out _).ShouldBeFalse();

    private static AllocationRuleSet OnlyDueToday(AllocationRuleSet rules) =>
        new("today", [.. rules.Steps.Select(step => step with { Timings = [DueTiming.Due] })]);

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
