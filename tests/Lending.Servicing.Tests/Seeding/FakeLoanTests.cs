using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Contracts;
using Lending.Seeding;
using Lending.Servicing.Books;
using Lending.Servicing.Journal;
using Lending.Servicing.Seeding;
using Lending.Testing;

namespace Lending.Servicing.Tests.Seeding;

/// <summary>Made-up loans against the books: they are posted as the API and the day run would have posted them, day by day.</summary>
public sealed class FakeLoanTests
{
    private static readonly UserReference _by = new(Unique.Id(), "administrator");
    private static readonly DateOnly _last = new(2026, 10, 31);

    public static TheoryData<string> Fates => [.. Enum.GetNames<FakeFate>()];

    [Theory]
    [MemberData(nameof(Fates))]
    public void The_journal_is_what_posting_event_by_event_and_day_by_day_makes(string fate)
    {
        for (var number = 0; number < 16; number++)
        {
            var offer = Offer(number);
            var loan = new FakeLoan(offer, Enum.Parse<FakeFate>(fate), _by, _last, seed: 42);

            loan.Events.Select(row => row.RecordedAt).ShouldBeInOrder();
            loan.Events.Select(row => row.RecordedAt).ShouldBeUnique();
            loan.Events.Select(row => row.Number).ShouldBe(Enumerable.Range(1, loan.Events.Count));
            loan.Events.ShouldAllBe(row => row.EffectiveOn >= offer.DisbursedOn && row.EffectiveOn <= _last);
            var (made, posted) = (Lines(loan.Rows.OfType<JournalEntryRow>()), Posted(loan));
            made.Except(posted).ShouldBeEmpty($"{fate} {number}");
            posted.Except(made).ShouldBeEmpty($"{fate} {number}");
            made.Count.ShouldBe(posted.Count);
        }
    }

    [Fact]
    public void Each_fate_ends_as_it_is_called()
    {
        var loans = Enum.GetValues<FakeFate>()
            .ToDictionary(
                fate => fate,
                fate => Enumerable.Range(0, 24).Select(number => new FakeLoan(Offer(number), fate, _by, _last, seed: 42)).ToList()
            );

        loans[FakeFate.OnTime].ShouldAllBe(loan => loan.State.Arrears.DaysPastDue == 0 && loan.State.DefaultInterest == 0);
        loans[FakeFate.OnTime].ShouldContain(loan => loan.State.Status == LoanStatus.Settled, "its term was over");
        loans[FakeFate.Late].ShouldContain(loan => loan.State.Schedule.Any(instalment => instalment.PaidLate > 0));
        loans[FakeFate.Late].ShouldContain(loan => loan.State.Arrears.DaysPastDue > 0);
        loans[FakeFate.Behind].ShouldAllBe(loan => loan.State.Arrears.DaysPastDue > 0);
        loans[FakeFate.Returned].ShouldAllBe(loan => loan.Events.Any(row => row.Type == EventDocument.BankReturn));
        loans[FakeFate.Returned].ShouldAllBe(loan => loan.State.Fees == 0);
        loans[FakeFate.Settled].ShouldAllBe(loan => loan.State.Status == LoanStatus.Settled && loan.State.PrincipalOutstanding == 0);
        loans[FakeFate.CalledDue].Count(loan => loan.State.Status == LoanStatus.CalledDue).ShouldBeGreaterThan(12);
        loans[FakeFate.CalledDue].ShouldAllBe(loan => loan.State.Arrears.DaysPastDue > 0 || loan.State.Status == LoanStatus.CalledDue);
    }

    [Fact]
    public void The_same_seed_and_offer_make_the_same_loan_and_another_seed_another_one()
    {
        var offer = Offer(3);

        Text(new FakeLoan(offer, FakeFate.Late, _by, _last, seed: 42))
            .ShouldBe(Text(new FakeLoan(offer, FakeFate.Late, _by, _last, seed: 42)));
        Text(new FakeLoan(offer, FakeFate.Late, _by, _last, seed: 43))
            .ShouldNotBe(Text(new FakeLoan(offer, FakeFate.Late, _by, _last, seed: 42)));
        new FakeLoan(offer, FakeFate.Late, _by, _last, seed: 42).Account.Id.ShouldBe(FakeLoan.IdOf(offer, 42));

        static string Text(FakeLoan loan) =>
            string.Join('\n', loan.Events.Select(row => $"{row.Id} {row.RecordedAt:O} {row.Document}"))
            + string.Join('\n', loan.Rows.OfType<JournalEntryRow>().Select(row => $"{row.Id} {row.CreatedAt:O} {row.Key}"));
    }

    [Fact]
    public void A_loan_that_was_paid_out_on_the_last_day_has_that_and_nothing_else()
    {
        var loan = new FakeLoan(Offer(1) with { DisbursedOn = _last }, FakeFate.CalledDue, _by, _last, seed: 42);

        loan.Events.Select(row => row.Type).ShouldBe([EventDocument.Tranche]);
        loan.State.Status.ShouldBe(LoanStatus.Active);
    }

    /// <summary>Loans of all lengths, paid out between three years and three months before the last day.</summary>
    internal static AcceptedOffer Offer(int number)
    {
        var random = new SeedRandom(7, "offers of a test", number);
        var planned = _last.AddDays(-random.Number(120, 1000));
        var terms = new LoanTerms(
            100m * random.Number(40, 400),
            random.Number(299, 849) / 100m,
            random.Pick([24, 36, 60, 120]),
            Currency.Get("EUR")
        )
        {
            PayoutDate = planned,
            FirstDueDate = planned.AddMonths(1),
        };
        LoanQuote.TryOf(terms, out var quote, out _).ShouldBeTrue();
        // Mostly before the day that was planned.
        var paidOutOn = planned.AddDays(-random.Number(0, 40));
        return new AcceptedOffer
        {
            OfferId = random.Id(new DateTimeOffset(planned.AddDays(-80), TimeOnly.MinValue, TimeSpan.Zero)),
            CustomerId = random.Id(DateTimeOffset.UnixEpoch),
            OfferedById = _by.Id,
            BorrowerKind = BorrowerKind.Consumer,
            IsSecuredByLand = false,
            Currency = "EUR",
            AmountOwed = quote!.AmountOwed,
            FinancedFee = 0,
            DealerFee = 0,
            UpfrontFee = 0,
            MonthlyFee = 0,
            AnnualRatePercent = terms.AnnualRatePercent,
            DayCount = DayCount.Thirty360.Name(),
            PlannedPayoutOn = planned,
            Instalments = [.. quote.Schedule().Select(row => new AcceptedInstalment(row.DueDate, row.Principal, row.Interest))],
            AcceptedAt = new DateTimeOffset(paidOutOn.AddDays(-20), new TimeOnly(12, 0), TimeSpan.Zero),
            DisbursedOn = paidOutOn,
        };
    }

    /// <summary>What the API would have posted: with each event as it is recorded, and on each day on which something happens by itself.</summary>
    private static List<string> Posted(FakeLoan loan)
    {
        var contract = loan.Account.ReadContract();
        var (posted, rows, known) = (new List<JournalEntry>(), new List<JournalEntryRow>(), new List<LoanEvent>());
        DateOnly? nextOn = null;
        foreach (var row in loan.Events)
        {
            RunDays(row.EffectiveOn);
            known.Add(row.ToEvent());
            Post(row.EffectiveOn, row.Id, row.RecordedAt);
        }
        RunDays(_last);
        return Lines(rows);

        void RunDays(DateOnly until)
        {
            while (nextOn is { } day && day <= until)
            {
                Post(day, null, new DateTimeOffset(day, new TimeOnly(2, 0), TimeSpan.Zero));
            }
        }

        void Post(DateOnly day, Guid? cause, DateTimeOffset now)
        {
            var state = LoanReplay.At(contract, known, day, BaseRates.Germany);
            state.Problems.ShouldBeEmpty();
            foreach (var entry in Ledger.Difference(posted, state.Entries))
            {
                rows.Add(JournalEntryRow.Of(entry, loan.Account.Id, cause, now));
                posted.Add(entry);
            }
            nextOn = state.NextOn;
        }
    }

    private static List<string> Lines(IEnumerable<JournalEntryRow> rows) =>
        [
            .. rows.Select(row =>
                    $"{row.EffectiveOn:O} {row.Key} {row.CreatedAt:O} {row.PostedWith} "
                    + string.Join(' ', row.Lines.Select(line => $"{line.Account} {line.Amount}").Order(StringComparer.Ordinal))
                )
                .Order(StringComparer.Ordinal),
        ];
}
