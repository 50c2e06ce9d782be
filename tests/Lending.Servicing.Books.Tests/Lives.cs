using FsCheck;
using FsCheck.Fluent;
using Lending.Kernel;
using Lending.Loans.Amortization;

namespace Lending.Servicing.Books.Tests;

/// <summary>Made-up loans with made-up lives: tranches, payments early, late, partial and too large, returns, charges, changes of the plan, reversals.</summary>
internal static class Lives
{
    public static readonly DateOnly Start = new(2024, 1, 1);

    private static readonly Gen<LoanContract> _contracts =
        from principal in Gen.Choose(100, 30_000)
        from months in Gen.Choose(1, 24)
        from rate in Gen.Elements(0m, 0.99m, 4.9m, 12m)
        from dayCount in Gen.Elements(DayCount.Thirty360, DayCount.Actual365Fixed, DayCount.ActualActualIsda)
        from isFixed in Gen.Elements(true, false)
        from rules in Gen.Elements(
            AllocationRuleSets.Bgb497,
            AllocationRuleSets.Bgb367,
            AllocationRuleSets.PenaltiesFeesInterestPrincipal,
            AllocationRuleSets.DueFirstThenPrincipal
        )
        from surplus in Gen.Elements(Enum.GetValues<Surplus>())
        from rounding in Gen.Elements(Enum.GetValues<InterestRounding>())
        from returns in Gen.Elements(Enum.GetValues<ReturnRule>())
        from down in Gen.Elements(0m, 0m, 25m)
        from isFineract in Gen.Elements(true, false)
        from fee in Gen.Elements(0m, 0m, 2.50m)
        from ofPrincipal in Gen.Elements(0m, 0m, 0.05m)
        from tolerance in Gen.Elements(0m, 0m, 0.50m)
        from waits in Gen.Elements(true, false)
        select new LoanContract(Currency.Get("EUR"), principal, rate, Plan(principal, rate, months, isFixed && down == 0))
        {
            DayCount = dayCount,
            Allocation = rules,
            Surplus = surplus,
            InterestRounding = rounding,
            Returns = returns,
            DownPaymentPercent = down,
            OverdueBearsContractInterest = isFineract,
            DefaultInterest = isFineract ? null : DefaultInterestRule.Bgb288,
            MonthlyFee = fee,
            HasEarlyRepaymentCompensation = !isFineract,
            CostsForWholeTerm = 100,
            FinancedFee = Math.Floor(principal * ofPrincipal),
            DealerFee = Math.Floor(principal * ofPrincipal / 2),
            ClosingTolerance = tolerance,
            WaitsForWorkingDays = waits,
        };

    private static readonly Gen<Step> _steps =
        from kind in Gen.Choose(0, 21)
        from day in Gen.Choose(0, 700)
        from cents in Gen.Choose(1, 400_000)
        from pick in Gen.Choose(0, 1_000)
        select new Step(kind, day, cents / 100m, pick);

    /// <summary>Everything, with lives that shrink to the shortest one that fails.</summary>
    public static Arbitrary<Life> Any { get; } =
        Arb.From(
            from contract in _contracts
            from count in Gen.Choose(0, 14)
            from steps in _steps.ArrayOf(count)
            select new Life(contract, steps),
            life => life.Steps.Select((_, index) => new Life(life.Contract, [.. life.Steps.Where((_, other) => other != index)]))
        );

    public static void ForAll(Action<Life> property) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Any, property));

    private static IReadOnlyList<PlannedInstalment> Plan(decimal principal, decimal rate, int months, bool isFixed)
    {
        var due = Start.AddMonths(1);
        return isFixed && principal >= LoanLimits.MinimumAmount
            ? PlannedInstalment.Of(RowsOf(principal, rate, months, due))
            : PlannedInstalment.Monthly(due, months);
    }

    private static IReadOnlyList<ScheduleRow> RowsOf(decimal principal, decimal rate, int months, DateOnly due) =>
        LoanQuote.TryOf(new LoanTerms(principal, rate, months, Currency.Get("EUR")) { FirstDueDate = due }, out var quote, out _)
            ? quote.Schedule()
            : throw new InvalidOperationException("These terms are inside the limits.");
}

/// <summary>Something that may happen.</summary>
internal sealed record Step(int Kind, int Day, decimal Amount, int Pick);

/// <summary>A contract and what happens.</summary>
internal sealed record Life(LoanContract Contract, Step[] Steps)
{
    public static readonly DateOnly End = Lives.Start.AddDays(720);

    /// <summary>In the order of arrival, which is not that of effective dates.</summary>
    public IReadOnlyList<LoanEvent> Events
    {
        get
        {
            var isInTranches = Steps.Length > 0 && Steps[0].Pick % 3 == 0;
            var events = new List<LoanEvent>
            {
                new Disbursed(IdOf(0), Lives.Start, isInTranches ? Math.Max(1, Math.Floor(Contract.Principal / 2)) : Contract.Principal),
            };
            foreach (var step in Steps)
            {
                events.Add(EventOf(step, IdOf(events.Count), Lives.Start.AddDays(step.Day), events, isInTranches));
            }

            return [.. events.Select((happened, index) => happened with { RecordedAt = RecordedAt(index) })];
        }
    }

    public override string ToString() =>
        $"{Contract.Principal} at {Contract.AnnualRatePercent} % in {Contract.Instalments.Count}, fixed {Contract.Instalments[0].Principal is not null}, {Contract.DayCount}, {Contract.Allocation.Name}, {Contract.Surplus}, {Contract.Returns}, down {Contract.DownPaymentPercent}, fee {Contract.MonthlyFee}, financed {Contract.FinancedFee}, dealer {Contract.DealerFee}, tolerance {Contract.ClosingTolerance}, waits {Contract.WaitsForWorkingDays}, overdue bears {Contract.OverdueBearsContractInterest}: "
        + string.Join("; ", Events);

    public static DateTimeOffset RecordedAt(int index) => new(2026, 1, 1, 0, index, 0, TimeSpan.Zero);

    public LoanState At(DateOnly asOf, IEnumerable<LoanEvent>? events = null, DateTimeOffset? knownAt = null) =>
        LoanReplay.At(Contract, events ?? Events, asOf, BaseRates.Germany, knownAt);

    /// <summary>Whether the books say that all was lost; a write-off of nothing posts nothing.</summary>
    public bool IsWrittenOff(LoanState state) =>
        Events.OfType<WrittenOff>().Any(happened => state.Entries.Any(entry => entry.Key == JournalEntry.KeyOf(happened.Id)));

    private static Guid IdOf(int index) => new(index + 1, 0, 0, new byte[8]);

    private LoanEvent EventOf(Step step, Guid id, DateOnly on, List<LoanEvent> events, bool isInTranches)
    {
        var payments = events.OfType<PaymentReceived>().ToList();
        switch (step.Kind)
        {
            case 8:
                return new Charged(id, on, ClaimKind.Fee, Math.Ceiling(step.Amount) / 100) { DueOn = on.AddDays(step.Pick % 40) };
            case 9:
                return new Charged(id, on, ClaimKind.Penalty, Math.Ceiling(step.Amount) / 100);
            case 10:
                return new Charged(id, on, ClaimKind.EnforcementCosts, Math.Ceiling(step.Amount) / 100);
            case 11 when payments.Count > 0:
                var payment = payments[step.Pick % payments.Count];
                return new PaymentReturned(
                    id,
                    Later(on, payment.EffectiveOn),
                    payment.Id,
                    step.Pick % 3 == 0 ? Math.Max(0.01m, decimal.Round(payment.Amount / 2, 2)) : payment.Amount
                );
            case 12:
                return new EventReversed(id, on, events[1 % events.Count == 0 ? 0 : 1 + step.Pick % (events.Count - 1)].Id);
            case 13:
                return new Rescheduled(id, on, on)
                {
                    AddedInstalments = step.Pick % 4,
                    PrincipalFreeInstalments = step.Pick % 3,
                    ShiftMonths = step.Pick % 2,
                    AnnualRatePercent = step.Pick % 5 == 0 ? 3 : null,
                };
            case 14:
                return step.Pick % 2 == 0 ? new ReAged(id, on, on.AddDays(10), 1 + step.Pick % 12) : new ReAmortised(id, on);
            case 15:
                return new ExtraRepayment(id, on, step.Amount) { MakesInstalmentsSmaller = step.Pick % 2 == 0 };
            case 16 when isInTranches && !events.Skip(1).OfType<Disbursed>().Any():
                return new Disbursed(id, on, Contract.Principal - events.OfType<Disbursed>().Sum(tranche => tranche.Amount));
            case 17 when step.Pick % 3 == 0:
                return new Withdrawn(id, on);
            case 17 when step.Pick % 3 == 1:
                return new NoticeServed(id, on, on);
            case 17:
                return new CalledDue(id, on);
            case 18 when step.Pick % 4 == 0:
                return new WrittenOff(id, on);
            case 18:
                return new PaymentReceived(id, on, step.Amount) { Source = PaymentSource.Installer, RefundsInterest = true };
            case 19:
                return new CreditRefunded(id, on, Math.Ceiling(step.Amount) / 10);
            case 20:
                return new Waived(id, on, step.Pick % 2 == 0 ? Math.Ceiling(step.Amount) / 100 : step.Amount);
            case 21:
                return new PaymentReceived(id, on, step.Amount) { Source = PaymentSource.Goodwill };
            default:
                return new PaymentReceived(id, on, step.Amount)
                {
                    Surplus = step.Pick % 3 == 0 ? (Surplus)(step.Pick % 6) : null,
                    IsPayoff = step.Pick % 7 == 0,
                };
        }
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
