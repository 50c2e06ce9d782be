using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// How far the books of an account are posted, what was told of it last, and the next day on which something happens to it by itself. Whoever posts to the
/// account locks this row first. Apart from the account, because that one never changes.
/// </summary>
[NotAudited("It follows from the account's events, which have entries.")]
internal sealed class LoanStanding : ITenantOwned
{
    private LoanStanding() { }

    public LoanStanding(LoanAccount account) => (LoanAccountId, OrganizationId) = (account.Id, account.OrganizationId);

    public Guid LoanAccountId { get; private init; }

    public Guid OrganizationId { get; private init; }

    public LoanStatus Status { get; private set; } = LoanStatus.AwaitingDisbursement;

    /// <summary>The range of days past due; null where nothing is overdue.</summary>
    [NotPersonal]
    public string? ArrearsBucket { get; private set; }

    /// <summary>Since when the oldest unpaid cent is due, so that days past due grow by themselves; null where nothing is overdue.</summary>
    [NotPersonal]
    public DateOnly? OverdueSince { get; private set; }

    /// <summary>The last day whose due dates were looked at; null: none yet.</summary>
    [NotPersonal]
    public DateOnly? PostedUntil { get; private set; }

    /// <summary>The next day on which something falls due, a month ends or arrears grow old; null: none.</summary>
    [NotPersonal]
    public DateOnly? NextOn { get; private set; }

    /// <summary>The JSON of the <see cref="DayPlan"/>; null where the next day has to be replayed.</summary>
    [NotPersonal]
    public string? Plan { get; private set; }

    /// <summary>Moves on to a state that was posted; answers what others are told of it, beside the event that caused it.</summary>
    public IReadOnlyList<LoanAccountEvent> MoveTo(LoanState state)
    {
        var told = ToldBy(state, PostedUntil);
        (Status, ArrearsBucket, PostedUntil, NextOn) = (state.Status, BucketOf(state), state.AsOf, state.NextOn);
        OverdueSince = state.Arrears.DaysPastDue > 0 ? state.AsOf.AddDays(-state.Arrears.DaysPastDue) : null;
        Plan = null;
        return told;
    }

    /// <summary>Plans the days after a state to which it has moved, so that they need no replay.</summary>
    public void PlanFrom(LoanState state, LoanLife life, DateTimeOffset now) => Plan = DayPlan.Of(this, state, life, now);

    /// <summary>What others are told of a state, by where the account stood and the last day whose due dates were looked at.</summary>
    public IReadOnlyList<LoanAccountEvent> ToldBy(LoanState state, DateOnly? postedUntil)
    {
        var told = state
            .Schedule.Where(row => row.Open > 0 && row.DueOn <= state.AsOf && (postedUntil is null || row.DueOn > postedUntil))
            .Select(row => row.DueOn)
            .Distinct()
            .Select(LoanAccountEvent (day) => new LoanInstalmentDue { DueOn = day })
            .ToList();
        var bucket = BucketOf(state);
        if (bucket != ArrearsBucket)
        {
            told.Add(new LoanArrearsChanged { Bucket = bucket, PreviousBucket = ArrearsBucket });
        }
        if (state.Status == LoanStatus.Settled && Status != LoanStatus.Settled)
        {
            told.Add(new LoanSettled());
        }
        return told;
    }

    private static string? BucketOf(LoanState state) => Books.ArrearsBucket.Of(state.Arrears.DaysPastDue, Books.ArrearsBucket.Usual)?.Name;
}
