namespace Lending.Servicing.Books;

/// <summary>Something that happened to a loan. Events are never changed: what was wrong is reversed by another event.</summary>
/// <param name="Id">Which event it is.</param>
/// <param name="EffectiveOn">The day for which it counts.</param>
public abstract record LoanEvent(Guid Id, DateOnly EffectiveOn)
{
    /// <summary>When it was recorded, for reads of what was known at a time.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>Amounts of money, none of them negative.</summary>
    internal virtual decimal AmountForOrder => 0;

    /// <summary>The place of its kind within a day: the order in which things arrive does not matter.</summary>
    internal abstract int OrderInDay { get; }
}

/// <summary>Money was paid out, by its value date: the loan as a whole, or a tranche.</summary>
public sealed record Disbursed(Guid Id, DateOnly EffectiveOn, decimal Amount) : LoanEvent(Id, EffectiveOn)
{
    internal override decimal AmountForOrder => Amount;

    internal override int OrderInDay => 0;
}

/// <summary>Who a payment comes from.</summary>
public enum PaymentSource
{
    /// <summary>The borrower, or somebody for the borrower.</summary>
    Borrower,

    /// <summary>The installer, who takes goods back.</summary>
    Installer,

    /// <summary>The lender itself.</summary>
    Goodwill,
}

/// <summary>Money came in.</summary>
public sealed record PaymentReceived(Guid Id, DateOnly EffectiveOn, decimal Amount) : LoanEvent(Id, EffectiveOn)
{
    internal const int UsualOrderInDay = 40;

    /// <summary>What becomes of a surplus; null: as the contract says. Of a payoff it is always the borrower's credit.</summary>
    public Surplus? Surplus { get; init; }

    /// <summary>In which order it pays; null: as the contract says.</summary>
    public AllocationRuleSet? Allocation { get; init; }

    /// <summary>Who it comes from.</summary>
    public PaymentSource Source { get; init; }

    /// <summary>Whether interest of the past is given back with it, as at a cancellation of the purchase.</summary>
    public bool RefundsInterest { get; init; }

    /// <summary>Whether it is the whole payoff, with compensation and reduction of costs.</summary>
    public bool IsPayoff { get; init; }

    internal override decimal AmountForOrder => Amount;

    // A payoff is told for the end of its day, so it pays what is owed after everything else that happens on it.
    internal override int OrderInDay => IsPayoff ? 95 : UsualOrderInDay;
}

/// <summary>The borrower repays a part early (Sondertilgung): a new schedule.</summary>
public sealed record ExtraRepayment(Guid Id, DateOnly EffectiveOn, decimal Amount) : LoanEvent(Id, EffectiveOn)
{
    /// <summary>True: all later instalments are smaller. False: they stay, and there are fewer.</summary>
    public bool MakesInstalmentsSmaller { get; init; }

    internal override decimal AmountForOrder => Amount;

    internal override int OrderInDay => 50;
}

/// <summary>Something is owed beside the plan: a fee, a penalty, costs of enforcement, old default interest.</summary>
public sealed record Charged(Guid Id, DateOnly EffectiveOn, ClaimKind Kind, decimal Amount) : LoanEvent(Id, EffectiveOn)
{
    /// <summary>When it is due; null: at once.</summary>
    public DateOnly? DueOn { get; init; }

    internal override decimal AmountForOrder => Amount;

    internal override int OrderInDay => 30;
}

/// <summary>The bank took a payment back, wholly or in part.</summary>
public sealed record PaymentReturned(Guid Id, DateOnly EffectiveOn, Guid PaymentId, decimal Amount) : LoanEvent(Id, EffectiveOn)
{
    internal override decimal AmountForOrder => Amount;

    internal override int OrderInDay => 60;
}

/// <summary>A credit was paid back to the borrower.</summary>
public sealed record CreditRefunded(Guid Id, DateOnly EffectiveOn, decimal Amount) : LoanEvent(Id, EffectiveOn)
{
    internal override decimal AmountForOrder => Amount;

    internal override int OrderInDay => 70;
}

/// <summary>An earlier event did not happen.</summary>
public sealed record EventReversed(Guid Id, DateOnly EffectiveOn, Guid ReversedId) : LoanEvent(Id, EffectiveOn)
{
    internal override int OrderInDay => 99;
}

/// <summary>Instalments were rescheduled from a due date on: more of them, some without principal, later ones, another rate.</summary>
public sealed record Rescheduled(Guid Id, DateOnly EffectiveOn, DateOnly FromDueOn) : LoanEvent(Id, EffectiveOn)
{
    /// <summary>How many monthly instalments there are more.</summary>
    public int AddedInstalments { get; init; }

    /// <summary>How many instalments pay interest alone; as many are added at the end.</summary>
    public int PrincipalFreeInstalments { get; init; }

    /// <summary>By how many months all due dates from then on move.</summary>
    public int ShiftMonths { get; init; }

    /// <summary>The rate from the day of the event on; null: as before.</summary>
    public decimal? AnnualRatePercent { get; init; }

    internal override int OrderInDay => 20;
}

/// <summary>Everything that is owed of principal, arrears included, got a new plan (re-age).</summary>
public sealed record ReAged(Guid Id, DateOnly EffectiveOn, DateOnly FirstDueOn, int Count, int EveryMonths = 1) : LoanEvent(Id, EffectiveOn)
{
    internal override int OrderInDay => 80;
}

/// <summary>Overdue principal was laid over the instalments to come (re-amortise).</summary>
public sealed record ReAmortised(Guid Id, DateOnly EffectiveOn) : LoanEvent(Id, EffectiveOn)
{
    internal override int OrderInDay => 81;
}

/// <summary>
/// The borrower withdrew from the contract after the payout (§ 355 BGB): what was paid out is owed back within 30 days, with the agreed interest for each day
/// until then and nothing else (§ 357b BGB).
/// </summary>
public sealed record Withdrawn(Guid Id, DateOnly EffectiveOn) : LoanEvent(Id, EffectiveOn)
{
    // What is paid on the day is paid after it.
    internal override int OrderInDay => 25;
}

/// <summary>
/// The borrower got the notice that sets two weeks for what is overdue and says that the whole loan is called due otherwise (§ 498(1) no. 2 BGB).
/// </summary>
/// <param name="Id">Which event it is.</param>
/// <param name="EffectiveOn">The day on which the borrower got it.</param>
/// <param name="TalkOfferedOn">The day on which the lender offered to talk about a way out, not after the notice.</param>
public sealed record NoticeServed(Guid Id, DateOnly EffectiveOn, DateOnly TalkOfferedOn) : LoanEvent(Id, EffectiveOn)
{
    internal override int OrderInDay => 84;
}

/// <summary>The whole loan was called due (§ 498 BGB): interest to come is no longer owed (§ 501(2)).</summary>
public sealed record CalledDue(Guid Id, DateOnly EffectiveOn) : LoanEvent(Id, EffectiveOn)
{
    internal override int OrderInDay => 85;
}

/// <summary>What is owed was written off in the books; the borrower still owes it, and what comes in is a recovery.</summary>
public sealed record WrittenOff(Guid Id, DateOnly EffectiveOn) : LoanEvent(Id, EffectiveOn)
{
    internal override int OrderInDay => 90;
}

/// <summary>A part of what is owed was given up for good.</summary>
public sealed record Waived(Guid Id, DateOnly EffectiveOn, decimal Amount) : LoanEvent(Id, EffectiveOn)
{
    internal override decimal AmountForOrder => Amount;

    internal override int OrderInDay => 75;
}
