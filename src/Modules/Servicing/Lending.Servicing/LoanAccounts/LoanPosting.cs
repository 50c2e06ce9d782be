using Lending.Kernel;
using Lending.Platform.Outbox;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.Journal;

namespace Lending.Servicing.LoanAccounts;

/// <summary>Posting, the same for an event that is recorded and for a day that has come.</summary>
internal static class LoanPosting
{
    /// <summary>
    /// Posts, with the next save, the difference between what a replay says and what was posted, and tells of what came of it. Whoever calls it has locked
    /// the account's standing.
    /// </summary>
    /// <param name="db">The context.</param>
    /// <param name="standing">Where the account stood.</param>
    /// <param name="posted">All that was posted to the account.</param>
    /// <param name="life">The account's life, with the event that is recorded.</param>
    /// <param name="state">Its state today.</param>
    /// <param name="cause">The event that is recorded; null where a day has come.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="now">The time.</param>
    public static void Post(
        this ServicingDbContext db,
        LoanStanding standing,
        IEnumerable<JournalEntry> posted,
        LoanLife life,
        LoanState state,
        LoanEventRow? cause,
        UserReference by,
        DateTimeOffset now
    )
    {
        db.AddRange(
            Ledger.Difference(posted, state.Entries).Select(entry => JournalEntryRow.Of(entry, standing.LoanAccountId, cause?.Id, now))
        );
        foreach (var told in ToldOf(cause).Concat(standing.MoveTo(state)))
        {
            db.Publish(told.Of(standing.LoanAccountId, standing.OrganizationId, now) with { LoanEventId = cause?.Id, By = by.Id });
        }
        standing.PlanFrom(state, life, now);
    }

    /// <summary>The event as one of an account.</summary>
    public static LoanAccountEvent Of(this LoanAccountEvent told, Guid loanAccountId, Guid organizationId, DateTimeOffset at) =>
        told with
        {
            LoanAccountId = loanAccountId,
            OrganizationId = organizationId,
            At = at,
        };

    private static IEnumerable<LoanAccountEvent> ToldOf(LoanEventRow? cause) =>
        cause?.ToEvent() switch
        {
            Disbursed => [new LoanDisbursed()],
            PaymentReceived { Source: PaymentSource.Borrower or PaymentSource.Installer } or ExtraRepayment => [new LoanPaymentReceived()],
            PaymentReturned returned => [new LoanPaymentReturned { PaymentId = returned.PaymentId }],
            EventReversed reversal => [new LoanEventReversed { ReversedId = reversal.ReversedId }],
            CalledDue => [new LoanCalledDue()],
            _ => [],
        };
}
