using Lending.Kernel;
using Lending.Loans.Amortization;

namespace Lending.Servicing.Books;

/// <summary>What becomes of a payment that is more than what is due.</summary>
public enum Surplus
{
    /// <summary>It counts towards the next instalments, one after the other.</summary>
    Next,

    /// <summary>It counts towards the next instalment; what that one does not take makes the loan shorter.</summary>
    Shorter,

    /// <summary>It counts towards the next instalment; what that one does not take makes all later ones smaller.</summary>
    Smaller,

    /// <summary>It counts towards the last instalments, from the end.</summary>
    Last,

    /// <summary>It counts towards all instalments to come in equal parts.</summary>
    Spread,

    /// <summary>It stays the borrower's, and pays what becomes due.</summary>
    Credit,
}

/// <summary>What a bank's return of a payment does.</summary>
public enum ReturnRule
{
    /// <summary>The payment never paid anything: what it had paid is owed as if it had not come.</summary>
    PaysNothing,

    /// <summary>The amount becomes principal of the next instalment, after it has eaten a credit (Apache Fineract's chargeback).</summary>
    AddsPrincipal,
}

/// <summary>Up to when interest runs that is paid together with the whole rest.</summary>
public enum PayoffInterest
{
    /// <summary>To the day of the payment.</summary>
    ToDay,

    /// <summary>To the end of the period.</summary>
    ToPeriodEnd,
}

/// <summary>
/// An instalment as it was agreed. With <see cref="Principal"/> it is fixed to the cent. With <see cref="Payment"/> alone, interest is what the balance
/// costs and the rest repays. With neither, the level instalment is computed.
/// </summary>
/// <param name="DueOn">The day by which it is paid.</param>
public sealed record PlannedInstalment(DateOnly DueOn)
{
    /// <summary>Principal and interest together.</summary>
    public decimal? Payment { get; init; }

    /// <summary>What it repays.</summary>
    public decimal? Principal { get; init; }

    /// <summary>Its interest; nothing where it is fixed and this is left out.</summary>
    public decimal? Interest { get; init; }

    /// <summary>Where its month begins, for day counts of months; null: the due date before it, if about a month lies between.</summary>
    public DateOnly? MonthStart { get; init; }

    /// <summary>Instalments due every month, counted from the first due date so that the 31st comes back after shorter months.</summary>
    public static IReadOnlyList<PlannedInstalment> Monthly(DateOnly firstDueOn, int count, decimal? payment = null) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(index => new PlannedInstalment(firstDueOn.AddMonths(index))
                {
                    Payment = payment,
                    MonthStart = firstDueOn.AddMonths(index - 1),
                }),
        ];

    /// <summary>The rows of an offer's schedule, to the cent.</summary>
    public static IReadOnlyList<PlannedInstalment> Of(IEnumerable<ScheduleRow> rows) =>
        [
            .. rows.Select(row => new PlannedInstalment(row.DueDate)
            {
                Principal = row.Principal,
                Interest = row.Interest,
                MonthStart = null,
            }),
        ];
}

/// <summary>Everything about a loan that was frozen when it was accepted. With the same events it gives the same books for ever.</summary>
/// <param name="Currency">The currency of all amounts.</param>
/// <param name="Principal">What is lent in all.</param>
/// <param name="AnnualRatePercent">The nominal annual rate.</param>
/// <param name="Instalments">The plan in the order of due dates.</param>
public sealed record LoanContract(
    Currency Currency,
    decimal Principal,
    decimal AnnualRatePercent,
    IReadOnlyList<PlannedInstalment> Instalments
)
{
    /// <summary>The rules by which loans are booked that are opened now.</summary>
    public const int CurrentRulesVersion = 2;

    /// <summary>
    /// By which of our rules it is booked: those of the day on which the account was opened, so that its past is never booked anew. With 1, a dealer's fee stays
    /// deferred, costs shrink with a payoff alone, and no account waits for working days.
    /// </summary>
    public int RulesVersion { get; init; } = CurrentRulesVersion;

    /// <summary>
    /// The day of the payout from which the first interest of fixed instalments was computed: paid out on another day, it is computed anew. Null: it is
    /// agreed for whichever day.
    /// </summary>
    public DateOnly? PlannedPayoutOn { get; init; }

    /// <summary>How many months lie between the first month of interest and the last due date.</summary>
    public int TermMonths =>
        Instalments.Count == 0
            ? 0
            : (Instalments[^1].DueOn.Year - Instalments[0].DueOn.Year) * 12 + Instalments[^1].DueOn.Month - Instalments[0].DueOn.Month + 1;

    /// <summary>Who borrows, and what secures it.</summary>
    public LoanLaw Law { get; init; } = LoanLaw.OfConsumer;

    /// <summary>What part of a year a stretch of days is.</summary>
    public DayCount DayCount { get; init; }

    /// <summary>How amounts are rounded.</summary>
    public MidpointRounding RoundingMode { get; init; } = MidpointRounding.ToEven;

    /// <summary>When interest is rounded.</summary>
    public InterestRounding InterestRounding { get; init; }

    /// <summary>Computed level instalments are multiples of this; null: of the minor unit.</summary>
    public decimal? InstalmentMultiple { get; init; }

    /// <summary>Whether computed level instalments are rounded up instead of to the nearest.</summary>
    public bool RoundsInstalmentsUp { get; init; }

    /// <summary>In which order payments pay.</summary>
    public AllocationRuleSet Allocation { get; init; } = AllocationRuleSets.Bgb497;

    /// <summary>What becomes of surpluses, where a payment does not say otherwise.</summary>
    public Surplus Surplus { get; init; } = Surplus.Credit;

    /// <summary>
    /// Whether overdue principal bears contract interest on. Not so in Germany, where it bears default interest instead (§ 497(1) BGB).
    /// </summary>
    public bool OverdueBearsContractInterest { get; init; }

    /// <summary>What overdue amounts bear; null: nothing.</summary>
    public DefaultInterestRule? DefaultInterest { get; init; }

    /// <summary>Which part of each tranche is due at once, in percent.</summary>
    public decimal DownPaymentPercent { get; init; }

    /// <summary>A fee that is due with each instalment.</summary>
    public decimal MonthlyFee { get; init; }

    /// <summary>What the borrower paid at the start or borrowed for costs: it shrinks with the term that is left (§ 501 BGB).</summary>
    public decimal CostsForWholeTerm { get; init; }

    /// <summary>The part of the principal that is a fee and not paid out.</summary>
    public decimal FinancedFee { get; init; }

    /// <summary>The part of the principal that the dealer leaves to the lender, to be earned over the term.</summary>
    public decimal DealerFee { get; init; }

    /// <summary>How such costs shrink.</summary>
    public CostReductionMethod CostReduction { get; init; }

    /// <summary>Up to when interest runs at a payoff.</summary>
    public PayoffInterest PayoffInterest { get; init; }

    /// <summary>Whether the lender asks for compensation for early repayment (§ 502 BGB): only at a fixed rate.</summary>
    public bool HasEarlyRepaymentCompensation { get; init; }

    /// <summary>What a bank's return does.</summary>
    public ReturnRule Returns { get; init; }

    /// <summary>What a payment may leave open and is waived then.</summary>
    public decimal ClosingTolerance { get; init; }

    /// <summary>
    /// Whether what is due on a day that is no working day is late only after the next one (§ 193 BGB). Not so on accounts that were opened before this was
    /// known: their books would change.
    /// </summary>
    public bool WaitsForWorkingDays { get; init; }

    /// <summary>The day after which what is due on a day is late.</summary>
    public DateOnly LateAfter(DateOnly dueOn) => WaitsForWorkingDays ? WorkingDays.OnOrAfter(dueOn) : dueOn;
}
