using static Lending.Servicing.Books.Tests.Lives;

namespace Lending.Servicing.Books.Tests;

/// <summary>What holds for every life of every loan.</summary>
public sealed class LifeTests
{
    [Fact]
    public void Every_entry_sums_to_zero_on_every_day() =>
        ForAll(life =>
        {
            foreach (var day in _days)
            {
                life.At(day).Entries.ShouldAllBe(entry => entry.Lines.Sum(line => line.Amount) == 0);
            }
        });

    [Fact]
    public void The_accounts_say_what_the_claims_say() =>
        ForAll(life =>
        {
            // At the end of months, when interest so far is booked.
            foreach (var day in _monthEnds)
            {
                var state = life.At(day);
                var balances = Ledger.Balances(state.Entries);
                balances.GetValueOrDefault(LedgerAccount.BorrowerCredit).ShouldBe(-state.Credit);
                if (life.IsWrittenOff(state))
                {
                    for (var account = LedgerAccount.Principal; account <= LedgerAccount.DefaultInterest; account++)
                    {
                        balances.GetValueOrDefault(account).ShouldBe(0);
                    }

                    continue;
                }

                balances.GetValueOrDefault(LedgerAccount.Principal).ShouldBe(state.PrincipalOutstanding);
                balances.GetValueOrDefault(LedgerAccount.PenaltiesDue).ShouldBe(state.Penalties);
                if (life.Events.OfType<Charged>().All(charged => charged.DueOn is null || charged.DueOn <= day))
                {
                    balances.GetValueOrDefault(LedgerAccount.FeesDue).ShouldBe(state.Fees);
                }

                balances.GetValueOrDefault(LedgerAccount.EnforcementCosts).ShouldBe(state.EnforcementCosts);
                balances.GetValueOrDefault(LedgerAccount.InterestEarned).ShouldBe(state.InterestAccrued);
                balances.GetValueOrDefault(LedgerAccount.InterestDue).ShouldBe(state.InterestDue - state.InterestPaidInAdvance);
                balances.GetValueOrDefault(LedgerAccount.DefaultInterest).ShouldBe(state.DefaultInterest);
            }
        });

    [Fact]
    public void Statements_follow_on_each_other_and_their_lines_are_the_difference() =>
        ForAll(life =>
        {
            var closing = 0m;
            var from = Start;
            foreach (var day in _days)
            {
                var statement = AccountStatement.Of(life.Contract, life.Events, from, day, Life.End, BaseRates.Germany);
                statement.Opening.ShouldBe(closing);
                statement.Lines.Sum(line => line.Amount).ShouldBe(statement.Closing - statement.Opening);
                statement.Lines.ShouldAllBe(line => line.On >= from && line.On <= day);
                (closing, from) = (statement.Closing, day.AddDays(1));
            }
        });

    [Fact]
    public void Principal_that_went_out_came_back_or_is_owed_or_is_lost() =>
        ForAll(life =>
        {
            var state = life.At(Life.End);
            var (sent, back, lost) = (0m, 0m, 0m);
            foreach (var entry in state.Entries)
            {
                var happened = life.Events.FirstOrDefault(happened => JournalEntry.KeyOf(happened.Id) == entry.Key);
                var posted = Balance(entry, LedgerAccount.Principal);
                if (happened is WrittenOff)
                {
                    lost -= posted;
                    continue;
                }

                var added = PrincipalAddedBy(happened, entry, life.Contract);
                // After a write-off, what is added is lost at once.
                var lostAtOnce = added == 0 ? 0 : Balance(entry, LedgerAccount.Loss);
                // A credit may pay at once what is added; it is in the same line.
                var repaid = added - posted - lostAtOnce;
                repaid.ShouldBeGreaterThanOrEqualTo(0, $"{entry.Key} adds principal");
                (sent, back, lost) = (sent + added, back + repaid, lost + lostAtOnce);
            }

            sent.ShouldBe(back + (lost > 0 ? lost : state.PrincipalOutstanding));
            state.PrincipalOutstanding.ShouldBeGreaterThanOrEqualTo(0);
        });

    [Fact]
    public void A_write_off_changes_the_books_and_nothing_of_what_is_owed() =>
        ForAll(life =>
        {
            var (state, same) = (life.At(Life.End), life.At(Life.End, life.Events.Where(happened => happened is not WrittenOff)));

            (state.PrincipalOutstanding, state.InterestDue, state.InterestAccrued, state.DefaultInterest).ShouldBe(
                (same.PrincipalOutstanding, same.InterestDue, same.InterestAccrued, same.DefaultInterest)
            );
            (state.Fees, state.Penalties, state.EnforcementCosts, state.Credit).ShouldBe(
                (same.Fees, same.Penalties, same.EnforcementCosts, same.Credit)
            );
            state.Schedule.ShouldBe(same.Schedule);
        });

    // Only a tranche, what a bank takes back and what is refunded beyond the credit add principal.
    private static decimal PrincipalAddedBy(LoanEvent? happened, JournalEntry entry, LoanContract contract) =>
        happened switch
        {
            Disbursed tranche => tranche.Amount,
            PaymentReturned returned when contract.Returns == ReturnRule.AddsPrincipal => Math.Max(
                0,
                returned.Amount - Balance(entry, LedgerAccount.BorrowerCredit)
            ),
            CreditRefunded refunded => Math.Max(0, refunded.Amount - Balance(entry, LedgerAccount.BorrowerCredit)),
            _ => 0,
        };

    private static decimal Balance(JournalEntry entry, LedgerAccount account) =>
        entry.Lines.Where(line => line.Account == account).Sum(line => line.Amount);

    [Fact]
    public void The_plan_to_come_repays_exactly_what_is_owed() =>
        ForAll(life =>
        {
            foreach (var day in _days)
            {
                var state = life.At(day);
                state.Schedule.ShouldAllBe(row => row.Open >= 0 && row.Principal >= row.PrincipalPaid && row.Interest >= row.InterestPaid);
                if (state.Status != LoanStatus.AwaitingDisbursement)
                {
                    state.Schedule.Sum(row => row.Principal - row.PrincipalPaid).ShouldBe(state.PrincipalOutstanding);
                }
            }
        });

    [Fact]
    public void The_order_of_arrival_does_not_matter() =>
        ForAll(life =>
        {
            var events = life.Events;
            var state = life.At(Life.End, events);
            foreach (var other in new[] { events.Reverse(), events.OrderBy(happened => happened.Id.GetHashCode()) })
            {
                var same = life.At(Life.End, other);
                same.Entries.Select(Text).ShouldBe(state.Entries.Select(Text));
                same.Schedule.ShouldBe(state.Schedule);
            }
        });

    [Fact]
    public void Books_kept_day_by_day_are_the_replay_of_everything() =>
        ForAll(life =>
        {
            var posted = new List<JournalEntry>();
            var events = life.Events;
            for (var count = 1; count <= events.Count; count++)
            {
                // Each event arrives on some day on which it is known, and the books catch up to that day.
                var today = events.Take(count).Max(happened => happened.EffectiveOn);
                var difference = Ledger.Difference(posted, life.At(today, events.Take(count)).Entries);
                difference.ShouldAllBe(entry => entry.Lines.Sum(line => line.Amount) == 0);
                posted.AddRange(difference);
            }

            var end = life.At(Life.End, events);
            posted.AddRange(Ledger.Difference(posted, end.Entries));
            Ledger.Difference(posted, end.Entries).ShouldBeEmpty();
            Ledger
                .Balances(posted)
                .Where(balance => balance.Value != 0)
                .OrderBy(balance => balance.Key)
                .ShouldBe(Ledger.Balances(end.Entries).Where(balance => balance.Value != 0).OrderBy(balance => balance.Key));
        });

    [Fact]
    public void Until_the_next_day_nothing_changes_by_itself() =>
        ForAll(life =>
        {
            var last = life.Events.Max(happened => happened.EffectiveOn);
            var today = life.At(last);
            for (var turns = 0; turns < 5; turns++)
            {
                // Default interest and the like grow day by day; books and ranges of arrears do not.
                var before = life.At(today.NextOn?.AddDays(-1) ?? today.AsOf.AddYears(1));
                Ledger.Difference(today.Entries, before.Entries).ShouldBeEmpty();
                BucketOf(before).ShouldBe(BucketOf(today));
                before.Status.ShouldBe(today.Status);
                if (today.NextOn is not { } next)
                {
                    break;
                }

                next.ShouldBeGreaterThan(today.AsOf);
                today = life.At(next);
            }
        });

    private static string? BucketOf(LoanState state) => ArrearsBucket.Of(state.Arrears.DaysPastDue, ArrearsBucket.Usual)?.Name;

    [Fact]
    public void What_was_known_at_a_time_never_changes() =>
        ForAll(life =>
        {
            var events = life.Events;
            for (var count = 1; count < events.Count; count++)
            {
                var then = life.At(Life.End, events.Take(count));
                var later = life.At(Life.End, events, Life.RecordedAt(count - 1));
                later.Entries.Select(Text).ShouldBe(then.Entries.Select(Text));
                later.Schedule.ShouldBe(then.Schedule);
            }
        });

    [Fact]
    public void A_payoff_that_is_paid_settles_the_loan_to_the_cent() =>
        ForAll(life =>
        {
            // On some day, and on each day on which something else happens.
            foreach (var day in life.Events.Select(happened => happened.EffectiveOn).Append(Life.End.AddDays(-200)).Distinct())
            {
                var payoff = LoanReplay.PayoffOn(life.Contract, life.Events, day, BaseRates.Germany);
                if (payoff.Total == 0)
                {
                    continue;
                }

                var paid = life.At(day, [.. life.Events, PayoffPaid(day, payoff.Total)]);

                ShouldBeSettled(paid);
            }
        });

    private static readonly DateOnly[] _monthEnds =
    [
        new(2024, 1, 31),
        new(2024, 2, 29),
        new(2024, 9, 30),
        new(2025, 3, 31),
        new(2025, 11, 30),
    ];

    private static readonly DateOnly[] _days = [Start.AddDays(20), Start.AddDays(250), Start.AddDays(500), Life.End];

    // The last to be known.
    private static PaymentReceived PayoffPaid(DateOnly day, decimal amount) =>
        new(new Guid(int.MaxValue, 0, 0, new byte[8]), day, amount) { IsPayoff = true };

    private static void ShouldBeSettled(LoanState paid)
    {
        (paid.PrincipalOutstanding, paid.InterestDue, paid.InterestAccrued).ShouldBe((0, 0, 0));
        (paid.Fees, paid.Penalties, paid.EnforcementCosts, paid.DefaultInterest).ShouldBe((0, 0, 0, 0));
        paid.Credit.ShouldBe(0);
        paid.Schedule.ShouldAllBe(row => row.Open == 0);
    }

    private static string Text(JournalEntry entry) =>
        $"{entry.EffectiveOn:yyyy-MM-dd} {entry.Key} {string.Join(", ", entry.Lines.Select(line => $"{line.Account} {line.Amount}"))}";
}
