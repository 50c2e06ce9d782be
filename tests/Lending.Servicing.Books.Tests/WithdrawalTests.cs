using Lending.Kernel;

namespace Lending.Servicing.Books.Tests;

/// <summary>A borrower withdraws ten days after the payout: principal and agreed interest for each day are owed back, and nothing else.</summary>
public sealed class WithdrawalTests
{
    private static readonly DateOnly _paidOut = new(2026, 3, 2);
    private static readonly DateOnly _withdrawn = new(2026, 3, 12);

    // 36.5 % of 10,000.00 is 10.00 for each day.
    private static readonly LoanContract _contract = new(Currency.Get("EUR"), 10_000, 36.5m, PlannedInstalment.Monthly(new(2026, 4, 2), 12))
    {
        DayCount = Lending.Loans.Amortization.DayCount.Actual365Fixed,
        HasEarlyRepaymentCompensation = true,
        MonthlyFee = 5,
    };

    private static readonly LoanEvent[] _events = [new Disbursed(Id(1), _paidOut, 10_000), new Withdrawn(Id(2), _withdrawn)];

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 110)]
    [InlineData(30, 400)]
    public void What_is_owed_is_the_principal_and_the_interest_for_each_day(int daysLater, decimal interest)
    {
        var day = _withdrawn.AddDays(daysLater);
        var payoff = LoanReplay.PayoffOn(_contract, _events, day);

        payoff.Total.ShouldBe(10_000 + interest);
        var paid = LoanReplay.At(_contract, [.. _events, new PaymentReceived(Id(3), day, payoff.Total)], day);
        paid.Status.ShouldBe(LoanStatus.Settled);
        paid.Entries.ShouldNotContain(entry =>
            entry.Key.Contains("compensation", StringComparison.Ordinal) || entry.Key.StartsWith("fee", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void It_is_to_be_given_back_within_thirty_days_in_one_sum()
    {
        var state = LoanReplay.At(_contract, _events, _withdrawn);

        state.Status.ShouldBe(LoanStatus.Withdrawn);
        state.Schedule.Select(row => (row.DueOn, row.Principal, row.Interest)).ShouldBe([(_withdrawn.AddDays(30), 10_000, 400)]);
        state.Versions[^1].Reason.ShouldBe(nameof(Withdrawn));
    }

    [Fact]
    public void A_part_that_is_given_back_bears_no_more_interest()
    {
        LoanEvent[] events = [.. _events, new PaymentReceived(Id(3), _withdrawn, 5_000)];

        LoanReplay.PayoffOn(_contract, events, _withdrawn.AddDays(10)).Total.ShouldBe(5_000 + 100 + 50);
    }

    [Fact]
    public void Fees_go_back_to_the_borrower()
    {
        var contract = _contract with { FinancedFee = 200, CostsForWholeTerm = 200 };
        LoanEvent[] events =
        [
            _events[0],
            new Charged(Id(4), _paidOut, ClaimKind.Fee, 7),
            new Charged(Id(5), _paidOut, ClaimKind.Fee, 9) { DueOn = new(2026, 4, 2) },
            _events[1],
        ];

        LoanReplay.PayoffOn(contract, events, _withdrawn).Total.ShouldBe(10_000 - 200 + 100);
        var books = Ledger.Balances(LoanReplay.At(contract, events, _withdrawn).Entries);
        books.GetValueOrDefault(LedgerAccount.FeeIncome).ShouldBe(0);
    }

    [Fact]
    public void Nobody_withdraws_twice()
    {
        LoanEvent[] events = [.. _events, new Withdrawn(Id(3), _withdrawn.AddDays(1))];

        LoanReplay.At(_contract, events, _withdrawn.AddDays(1)).Problems.ShouldBe([new(Id(3), "not-to-withdraw-from")]);
    }

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
