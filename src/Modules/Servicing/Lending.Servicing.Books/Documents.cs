using Lending.Loans.Amortization;

namespace Lending.Servicing.Books;

/// <summary>
/// A contract as it is written down, in requests and in the database. What is left out is as usual for a consumer's loan in Germany. Members keep their
/// names: accounts are read with them for ever.
/// </summary>
public record ContractDocument
{
    /// <summary>The currency's code.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>What is lent in all, from one minor unit up.</summary>
    public decimal Principal { get; init; }

    /// <summary>The nominal annual rate.</summary>
    public decimal AnnualRatePercent { get; init; }

    /// <summary>The name of the day count.</summary>
    public string DayCount { get; init; } = "30/360";

    /// <summary>How amounts are rounded: <c>half-even</c>, <c>half-up</c>, <c>down</c> or <c>up</c>.</summary>
    public string Rounding { get; init; } = "half-even";

    /// <summary>When interest is rounded: <c>cumulative</c>, <c>each-balance</c> or <c>each-day</c>.</summary>
    public string InterestRounding { get; init; } = "cumulative";

    /// <summary>Computed instalments are multiples of this.</summary>
    public decimal? InstalmentMultiple { get; init; }

    /// <summary>Whether they are rounded up.</summary>
    public bool RoundsInstalmentsUp { get; init; }

    /// <summary>The name of a rule set, or twelve buckets with commas.</summary>
    public string Allocation { get; init; } = "bgb-497";

    /// <summary>What becomes of surpluses: <c>credit</c>, <c>next</c>, <c>last</c>, <c>spread</c>, <c>smaller</c> or <c>shorter</c>.</summary>
    public string Surplus { get; init; } = "credit";

    /// <summary>Whether overdue principal bears contract interest.</summary>
    public bool OverdueBearsContractInterest { get; init; }

    /// <summary>Default interest in percent, or in points above the base rate; null: none.</summary>
    public decimal? DefaultInterestPercent { get; init; }

    /// <summary>Whether the base rate is added to it.</summary>
    public bool IsDefaultInterestAboveBaseRate { get; init; }

    /// <summary>How its days count.</summary>
    public string DefaultInterestDayCount { get; init; } = "actual/365f";

    /// <summary>Which part of each tranche is due at once.</summary>
    public decimal DownPaymentPercent { get; init; }

    /// <summary>A fee with each instalment.</summary>
    public decimal MonthlyFee { get; init; }

    /// <summary>What was paid or borrowed for costs of the whole term.</summary>
    public decimal CostsForWholeTerm { get; init; }

    /// <summary>The part of the principal that is a fee and not paid out.</summary>
    public decimal FinancedFee { get; init; }

    /// <summary>The part of the principal that the dealer leaves to the lender.</summary>
    public decimal DealerFee { get; init; }

    /// <summary>How they shrink: <c>by-days</c> or <c>by-interest</c>.</summary>
    public string CostReduction { get; init; } = "by-days";

    /// <summary>Up to when interest runs at a payoff: <c>to-day</c> or <c>to-period-end</c>.</summary>
    public string PayoffInterest { get; init; } = "to-day";

    /// <summary>Whether early repayment costs compensation.</summary>
    public bool HasEarlyRepaymentCompensation { get; init; }

    /// <summary>What a bank's return does: <c>pays-nothing</c> or <c>adds-principal</c>.</summary>
    public string Returns { get; init; } = "pays-nothing";

    /// <summary>What a payment may leave open.</summary>
    public decimal ClosingTolerance { get; init; }

    /// <summary>The day of the payout from which the first interest of instalments that are fixed to the cent was computed; null: whenever it is.</summary>
    public DateOnly? PlannedPayoutOn { get; init; }

    /// <summary>Instalments given one by one.</summary>
    public IReadOnlyList<PlannedInstalment>? Instalments { get; init; }

    /// <summary>The first due date of instalments by terms.</summary>
    public DateOnly? FirstDueOn { get; init; }

    /// <summary>How many there are.</summary>
    public int Count { get; init; }

    /// <summary>How many months lie between them.</summary>
    public int EveryMonths { get; init; } = 1;

    /// <summary>How many days lie between them, instead of months.</summary>
    public int? EveryDays { get; init; }

    /// <summary>What each is, principal and interest together; null: computed.</summary>
    public decimal? Payment { get; init; }

    /// <summary>The contract that the figures describe.</summary>
    public LoanContract ToContract() =>
        new(
            Lending.Kernel.Currency.Find(Currency) ?? throw Names.Unknown("currency", Currency),
            Principal,
            AnnualRatePercent,
            Instalments ?? ByTerms()
        )
        {
            PlannedPayoutOn = PlannedPayoutOn,
            DayCount = Names.DayCountOf(DayCount),
            RoundingMode = Names.RoundingModes[Names.IndexOf(Names.Roundings, Rounding, "rounding")],
            InterestRounding = (Books.InterestRounding)
                Names.IndexOf(["cumulative", "each-balance", "each-day"], InterestRounding, "interestRounding"),
            InstalmentMultiple = InstalmentMultiple,
            RoundsInstalmentsUp = RoundsInstalmentsUp,
            Allocation = Names.AllocationOf(Allocation),
            Surplus = (Books.Surplus)Names.IndexOf(Names.Surpluses, Surplus, "surplus"),
            OverdueBearsContractInterest = OverdueBearsContractInterest,
            DefaultInterest = DefaultInterestPercent is { } percent
                ? new DefaultInterestRule(percent, IsDefaultInterestAboveBaseRate, Names.DayCountOf(DefaultInterestDayCount))
                : null,
            DownPaymentPercent = DownPaymentPercent,
            MonthlyFee = MonthlyFee,
            CostsForWholeTerm = CostsForWholeTerm,
            FinancedFee = FinancedFee,
            DealerFee = DealerFee,
            CostReduction = (CostReductionMethod)Names.IndexOf(["by-days", "by-interest"], CostReduction, "costReduction"),
            PayoffInterest = (Books.PayoffInterest)Names.IndexOf(["to-day", "to-period-end"], PayoffInterest, "payoffInterest"),
            HasEarlyRepaymentCompensation = HasEarlyRepaymentCompensation,
            Returns = (ReturnRule)Names.IndexOf(["pays-nothing", "adds-principal"], Returns, "returns"),
            ClosingTolerance = ClosingTolerance,
        };

    private IReadOnlyList<PlannedInstalment> ByTerms()
    {
        var first = FirstDueOn ?? throw Names.Unknown("firstDueOn", "");
        return
        [
            .. Enumerable
                .Range(0, Count)
                .Select(index => new PlannedInstalment(DueOn(index)) { Payment = Payment, MonthStart = MonthStart(index) }),
        ];

        DateOnly DueOn(int index) => EveryDays is { } days ? first.AddDays(index * days) : first.AddMonths(index * EveryMonths);

        DateOnly? MonthStart(int index) => EveryDays is null ? first.AddMonths(index * EveryMonths - 1) : null;
    }
}

/// <summary>Something that happens to a loan, as it is written down.</summary>
public sealed record EventDocument
{
    /// <summary>The type of a reversal.</summary>
    public const string Reversal = "reversal";

    /// <summary>The type of a payout.</summary>
    public const string Tranche = "tranche";

    /// <summary>The type of an extra repayment.</summary>
    public const string ExtraRepayment = "extra-repayment";

    /// <summary>The type of a payment that the bank took back.</summary>
    public const string BankReturn = "bank-return";

    /// <summary>The type of a payment of the borrower.</summary>
    public const string Payment = "payment";

    /// <summary>
    /// <c>tranche</c>, <c>payment</c>, <c>extra-repayment</c>, <c>fee</c>, <c>penalty</c>, <c>enforcement-costs</c>, <c>default-interest</c>,
    /// <c>installer-refund</c>, <c>goodwill</c>, <c>credit-refund</c>, <c>bank-return</c>, <c>reversal</c>, <c>reschedule</c>, <c>re-age</c>,
    /// <c>re-amortise</c>, <c>call-due</c>, <c>write-off</c> or <c>waiver</c>.
    /// </summary>
    public string Type { get; init; } = "";

    /// <summary>A name by which others refer to it.</summary>
    public string? Id { get; init; }

    /// <summary>The day for which it counts.</summary>
    public DateOnly On { get; init; }

    /// <summary>The money.</summary>
    public decimal Amount { get; init; }

    /// <summary>The event that is reversed or returned.</summary>
    public string? Of { get; init; }

    /// <summary>When a charge is due.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Another rule for the surplus of a payment.</summary>
    public string? Surplus { get; init; }

    /// <summary>Another rule set for a payment.</summary>
    public string? Allocation { get; init; }

    /// <summary>Whether an installer's refund gives interest back.</summary>
    public bool RefundsInterest { get; init; }

    /// <summary>Whether a payment is the whole payoff.</summary>
    public bool IsPayoff { get; init; }

    /// <summary>Whether an extra repayment makes instalments smaller instead of fewer.</summary>
    public bool MakesInstalmentsSmaller { get; init; }

    /// <summary>From which due date on instalments are rescheduled, or the first one of a re-age.</summary>
    public DateOnly? FromDueOn { get; init; }

    /// <summary>How many instalments a reschedule adds, or a re-age makes.</summary>
    public int Count { get; init; }

    /// <summary>How many instalments pay interest alone.</summary>
    public int PrincipalFreeInstalments { get; init; }

    /// <summary>By how many months due dates move.</summary>
    public int ShiftMonths { get; init; }

    /// <summary>Another rate.</summary>
    public decimal? AnnualRatePercent { get; init; }

    /// <summary>The event.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="find">Finds the event that another one names.</param>
    /// <exception cref="FormatException">A name is not known, or it refers to no event; the message says which.</exception>
    public LoanEvent ToEvent(Guid id, Func<string?, Guid?> find)
    {
        var (on, amount) = (On, Amount);
        return Type switch
        {
            Tranche => new Disbursed(id, on, amount),
            Payment => Received(PaymentSource.Borrower),
            "installer-refund" => Received(PaymentSource.Installer),
            "goodwill" => Received(PaymentSource.Goodwill),
            ExtraRepayment => new Books.ExtraRepayment(id, on, amount) { MakesInstalmentsSmaller = MakesInstalmentsSmaller },
            "fee" => Charge(ClaimKind.Fee),
            "penalty" => Charge(ClaimKind.Penalty),
            "enforcement-costs" => Charge(ClaimKind.EnforcementCosts),
            "default-interest" => Charge(ClaimKind.DefaultInterest),
            "credit-refund" => new CreditRefunded(id, on, amount),
            BankReturn => new PaymentReturned(id, on, Referred(), amount),
            Reversal => new EventReversed(id, on, Referred()),
            "reschedule" => new Rescheduled(id, on, From())
            {
                AddedInstalments = Count,
                PrincipalFreeInstalments = PrincipalFreeInstalments,
                ShiftMonths = ShiftMonths,
                AnnualRatePercent = AnnualRatePercent,
            },
            "re-age" => new ReAged(id, on, From(), Count),
            "re-amortise" => new ReAmortised(id, on),
            "call-due" => new CalledDue(id, on),
            "write-off" => new WrittenOff(id, on),
            "waiver" => new Waived(id, on, amount),
            _ => throw Names.Unknown("type", Type),
        };

        PaymentReceived Received(PaymentSource source) =>
            new(id, on, amount)
            {
                Source = source,
                Surplus = Surplus is null ? null : (Books.Surplus)Names.IndexOf(Names.Surpluses, Surplus, "surplus"),
                Allocation = Allocation is null ? null : Names.AllocationOf(Allocation),
                RefundsInterest = RefundsInterest,
                IsPayoff = IsPayoff,
            };

        Charged Charge(ClaimKind kind) => new(id, on, kind, amount) { DueOn = DueOn };

        Guid Referred() => find(Of) ?? throw Names.Unknown("of", Of ?? "");

        DateOnly From() => FromDueOn ?? throw Names.Unknown("fromDueOn", "");
    }
}

/// <summary>The words of documents.</summary>
internal static class Names
{
    public static readonly string[] Roundings = ["half-even", "half-up", "down", "up"];
    public static readonly MidpointRounding[] RoundingModes =
    [
        MidpointRounding.ToEven,
        MidpointRounding.AwayFromZero,
        MidpointRounding.ToZero,
        MidpointRounding.ToPositiveInfinity,
    ];

    public static readonly string[] Surpluses = ["next", "shorter", "smaller", "last", "spread", "credit"];

    public static AllocationRuleSet AllocationOf(string text) =>
        AllocationRuleSets.TryFind(text, out var rules) ? rules : throw Unknown("allocation", text);

    public static DayCount DayCountOf(string text) =>
        DayCounts.TryFind(text, out var dayCount) ? dayCount : throw Unknown("dayCount", text);

    public static int IndexOf(string[] names, string name, string field)
    {
        var index = Array.IndexOf(names, name);
        return index >= 0 ? index : throw Unknown(field, name);
    }

    public static FormatException Unknown(string field, string value) => new($"There is no {field} '{value}'.");
}
