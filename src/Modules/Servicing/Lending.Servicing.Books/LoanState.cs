namespace Lending.Servicing.Books;

/// <summary>Where a loan is in its life.</summary>
public enum LoanStatus
{
    /// <summary>Nothing was paid out yet.</summary>
    AwaitingDisbursement,

    /// <summary>A part was paid out.</summary>
    PartlyDisbursed,

    /// <summary>Everything was paid out, and something is owed.</summary>
    Active,

    /// <summary>The borrower withdrew after the payout, and owes it back.</summary>
    Withdrawn,

    /// <summary>The whole loan was called due.</summary>
    CalledDue,

    /// <summary>What is owed was written off in the books.</summary>
    WrittenOff,

    /// <summary>Nothing is owed any more.</summary>
    Settled,
}

/// <summary>An instalment with what was paid of it.</summary>
/// <param name="Number">Which one it is: 1, 2, ….</param>
/// <param name="DueOn">The day by which it is paid.</param>
/// <param name="Principal">What it repays.</param>
/// <param name="Interest">Its contract interest.</param>
/// <param name="Fees">Its fees.</param>
/// <param name="Penalties">Its penalties.</param>
/// <param name="PrincipalPaid">What was paid of the principal.</param>
/// <param name="InterestPaid">What was paid of the interest.</param>
/// <param name="Paid">What was paid of it in all.</param>
/// <param name="PaidInAdvance">What of it was paid before the due date.</param>
/// <param name="PaidLate">What of it was paid when it was late.</param>
/// <param name="Balance">The principal of all later instalments.</param>
/// <param name="IsDue">Whether its due date has come.</param>
public sealed record ScheduledInstalment(
    int Number,
    DateOnly DueOn,
    decimal Principal,
    decimal Interest,
    decimal Fees,
    decimal Penalties,
    decimal PrincipalPaid,
    decimal InterestPaid,
    decimal Paid,
    decimal PaidInAdvance,
    decimal PaidLate,
    decimal Balance,
    bool IsDue
)
{
    /// <summary>All that it is.</summary>
    public decimal Due => Principal + Interest + Fees + Penalties;

    /// <summary>What is unpaid of it.</summary>
    public decimal Open => Due - Paid;
}

/// <summary>A plan that replaced the one before.</summary>
/// <param name="Number">1 is the first one.</param>
/// <param name="EffectiveOn">From when it holds.</param>
/// <param name="Cause">The event that made it.</param>
/// <param name="Reason">What sort of event that was.</param>
public sealed record ScheduleVersion(int Number, DateOnly EffectiveOn, Guid Cause, string Reason);

/// <summary>A plan with its instalments.</summary>
/// <param name="Version">Which plan it is, and what made it.</param>
/// <param name="Instalments">What was to be paid by it, with what had been paid when it was made.</param>
public sealed record SchedulePlan(ScheduleVersion Version, IReadOnlyList<ScheduledInstalment> Instalments);

/// <summary>How a payment, or another event with money, was spread.</summary>
/// <param name="EventId">The event.</param>
/// <param name="EffectiveOn">Its day.</param>
/// <param name="ByKind">What it paid, by what it was owed for.</param>
/// <param name="ToCredit">What became the borrower's credit.</param>
public sealed record EventAllocation(Guid EventId, DateOnly EffectiveOn, IReadOnlyDictionary<ClaimKind, decimal> ByKind, decimal ToCredit)
{
    /// <summary>What was paid of a kind.</summary>
    public decimal Of(ClaimKind kind) => ByKind.GetValueOrDefault(kind);
}

/// <summary>An event that does not fit into the life of the loan.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Code">What is wrong with it.</param>
public sealed record EventProblem(Guid EventId, string Code);

/// <summary>What has to be paid on a day so that nothing is owed afterwards.</summary>
/// <param name="On">The day.</param>
/// <param name="OverdueAndDue">Instalments whose day has come, as far as they are unpaid.</param>
/// <param name="PrincipalToCome">Principal that is not due yet.</param>
/// <param name="InterestSoFar">Contract interest since the last due date.</param>
/// <param name="Charges">Fees, penalties and costs of enforcement.</param>
/// <param name="DefaultInterest">Default interest.</param>
/// <param name="Compensation">Compensation for early repayment (§ 502 BGB).</param>
/// <param name="CostReduction">What is given back of costs for the whole term (§ 501 BGB).</param>
/// <param name="Credit">The borrower's credit, which pays a part.</param>
public sealed record Payoff(
    DateOnly On,
    decimal OverdueAndDue,
    decimal PrincipalToCome,
    decimal InterestSoFar,
    decimal Charges,
    decimal DefaultInterest,
    decimal Compensation,
    decimal CostReduction,
    decimal Credit
)
{
    /// <summary>What has to be paid; nothing where the credit is enough.</summary>
    public decimal Total =>
        Math.Max(0, OverdueAndDue + PrincipalToCome + InterestSoFar + Charges + DefaultInterest + Compensation - CostReduction - Credit);
}

/// <summary>All that is to say about a loan on a day.</summary>
public sealed record LoanState
{
    /// <summary>The day.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Where the loan is in its life.</summary>
    public required LoanStatus Status { get; init; }

    /// <summary>Whether instalments are to be paid as they were agreed.</summary>
    public bool IsRunning => Status is LoanStatus.Active or LoanStatus.PartlyDisbursed;

    /// <summary>
    /// Since when what payments left over is owed for itself, because no instalment is open and none is to come: default interest, penalties, costs of enforcement. It is the day
    /// after the last payment, or after the first of them fell due, if that was later, which stays the same until something is paid; null: there is no such rest.
    /// </summary>
    public DateOnly? LeftOverSince
    {
        get
        {
            var isLeftOver = IsRunning && Schedule.Sum(row => row.Open) == Penalties && Schedule.All(row => row.IsDue || row.Open == 0);
            if (!isLeftOver || OldestChargeDueOn is not { } dueOn)
            {
                return null;
            }
            var lastPaidOn = Allocations.Max(paid => (DateOnly?)paid.EffectiveOn) ?? dueOn;
            return (lastPaidOn > dueOn ? lastPaidOn : dueOn).AddDays(1);
        }
    }

    /// <summary>When the oldest of default interest, penalties and costs of enforcement fell due that is open; null: none is.</summary>
    public required DateOnly? OldestChargeDueOn { get; init; }

    /// <summary>What was paid out.</summary>
    public required decimal Disbursed { get; init; }

    /// <summary>Principal that was paid out and not repaid.</summary>
    public required decimal PrincipalOutstanding { get; init; }

    /// <summary>Contract interest that is due and unpaid.</summary>
    public required decimal InterestDue { get; init; }

    /// <summary>Contract interest that was paid and is not due yet: InterestDue has it as a credit until then.</summary>
    public required decimal InterestPaidInAdvance { get; init; }

    /// <summary>Contract interest since the last due date.</summary>
    public required decimal InterestAccrued { get; init; }

    /// <summary>Fees that are unpaid.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Penalties that are unpaid.</summary>
    public required decimal Penalties { get; init; }

    /// <summary>Costs of enforcement that are unpaid.</summary>
    public required decimal EnforcementCosts { get; init; }

    /// <summary>Default interest that is unpaid.</summary>
    public required decimal DefaultInterest { get; init; }

    /// <summary>Default interest and costs of enforcement that are unpaid and whose day has come.</summary>
    public required decimal DueBesideInstalments { get; init; }

    /// <summary>What the borrower has paid too much.</summary>
    public required decimal Credit { get; init; }

    /// <summary>The plan with what was paid, as it stands if everything to come is paid on time and all arrears at once.</summary>
    public required IReadOnlyList<ScheduledInstalment> Schedule { get; init; }

    /// <summary>All plans so far.</summary>
    public required IReadOnlyList<ScheduleVersion> Versions { get; init; }

    /// <summary>All entries in the order in which they were made.</summary>
    public required IReadOnlyList<JournalEntry> Entries { get; init; }

    /// <summary>How each event with money was spread.</summary>
    public required IReadOnlyList<EventAllocation> Allocations { get; init; }

    /// <summary>How late the borrower is.</summary>
    public required Arrears Arrears { get; init; }

    /// <summary>Events that do not fit; a caller refuses to record an event that makes one.</summary>
    public required IReadOnlyList<EventProblem> Problems { get; init; }

    /// <summary>The contract's rate now: a reschedule may have lowered it.</summary>
    public required decimal AnnualRatePercent { get; init; }

    /// <summary>The day of the last notice that the loan is called due; null: there was none.</summary>
    public required DateOnly? NoticeServedOn { get; init; }

    /// <summary>The next day on which the books or the range of arrears change by themselves; null: none.</summary>
    public required DateOnly? NextOn { get; init; }

    /// <summary>The first day for which default interest could not be computed for want of a base rate; null: none is missing.</summary>
    public required DateOnly? BaseRateMissingFrom { get; init; }
}
