using Lending.Servicing.Books;
using Mapster;

namespace Lending.Servicing.LoanAccounts;

/// <summary>A loan account with its state on a day: everything follows from the contract and the events.</summary>
internal sealed record LoanAccountResponse
{
    /// <summary>What was agreed.</summary>
    public required LoanAccountSummary Account { get; init; }

    /// <summary>The state on the day.</summary>
    public required StateOfLoan State { get; init; }

    public static LoanAccountResponse Of(LoanAccount account, LoanState state) =>
        new() { Account = account.Adapt<LoanAccountSummary>(), State = StateOfLoan.Of(state) };
}

/// <summary>The state of a loan at the end of a day.</summary>
internal sealed record StateOfLoan
{
    /// <summary>The day.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Where the loan is in its life.</summary>
    public required LoanStatus Status { get; init; }

    /// <summary>What was paid out, with fees that are a part of the principal.</summary>
    public required decimal Disbursed { get; init; }

    /// <summary>Principal that was paid out and not repaid.</summary>
    public required decimal PrincipalOutstanding { get; init; }

    /// <summary>Contract interest that is due and unpaid.</summary>
    public required decimal InterestDue { get; init; }

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

    /// <summary>What the borrower has paid too much or too early; it pays what becomes due.</summary>
    public required decimal Credit { get; init; }

    /// <summary>Days since the oldest unpaid cent was due.</summary>
    public required int DaysPastDue { get; init; }

    /// <summary>What is overdue: instalments as owed, with fees.</summary>
    public required decimal Overdue { get; init; }

    /// <summary>What is overdue, by ranges of days past due.</summary>
    public required IReadOnlyDictionary<string, decimal> OverdueByDays { get; init; }

    /// <summary>The first day for which default interest cannot be computed for want of a base rate.</summary>
    public required DateOnly? BaseRateMissingFrom { get; init; }

    /// <summary>The plan with what was paid of it, if all arrears are paid on the day and everything to come on time.</summary>
    public required IReadOnlyList<ScheduledInstalment> Schedule { get; init; }

    /// <summary>All plans so far, and what made each.</summary>
    public required IReadOnlyList<ScheduleVersion> ScheduleVersions { get; init; }

    /// <summary>How each event with money was spread.</summary>
    public required IReadOnlyList<Spread> Allocations { get; init; }

    public static StateOfLoan Of(LoanState state) =>
        new()
        {
            AsOf = state.AsOf,
            Status = state.Status,
            Disbursed = state.Disbursed,
            PrincipalOutstanding = state.PrincipalOutstanding,
            InterestDue = state.InterestDue,
            InterestAccrued = state.InterestAccrued,
            Fees = state.Fees,
            Penalties = state.Penalties,
            EnforcementCosts = state.EnforcementCosts,
            DefaultInterest = state.DefaultInterest,
            Credit = state.Credit,
            DaysPastDue = state.Arrears.DaysPastDue,
            Overdue = state.Arrears.Amount,
            OverdueByDays = state.Arrears.ByBucket(state.AsOf, ArrearsBucket.Usual),
            BaseRateMissingFrom = state.BaseRateMissingFrom,
            Schedule = state.Schedule,
            ScheduleVersions = state.Versions,
            Allocations = [.. state.Allocations.Select(Spread.Of)],
        };

    /// <summary>How a payment, or another event with money, was spread.</summary>
    internal sealed record Spread
    {
        /// <summary>The event.</summary>
        public required Guid EventId { get; init; }

        /// <summary>Its day.</summary>
        public required DateOnly EffectiveOn { get; init; }

        /// <summary>To costs of enforcement.</summary>
        public required decimal EnforcementCosts { get; init; }

        /// <summary>To default interest.</summary>
        public required decimal DefaultInterest { get; init; }

        /// <summary>To penalties.</summary>
        public required decimal Penalties { get; init; }

        /// <summary>To fees.</summary>
        public required decimal Fees { get; init; }

        /// <summary>To contract interest.</summary>
        public required decimal Interest { get; init; }

        /// <summary>To principal.</summary>
        public required decimal Principal { get; init; }

        /// <summary>What became the borrower's credit.</summary>
        public required decimal Credit { get; init; }

        public static Spread Of(EventAllocation allocation) =>
            new()
            {
                EventId = allocation.EventId,
                EffectiveOn = allocation.EffectiveOn,
                EnforcementCosts = allocation.Of(ClaimKind.EnforcementCosts),
                DefaultInterest = allocation.Of(ClaimKind.DefaultInterest),
                Penalties = allocation.Of(ClaimKind.Penalty),
                Fees = allocation.Of(ClaimKind.Fee),
                Interest = allocation.Of(ClaimKind.Interest),
                Principal = allocation.Of(ClaimKind.Principal),
                Credit = allocation.ToCredit,
            };
    }
}
