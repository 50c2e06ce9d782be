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
