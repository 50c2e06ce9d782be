using Lending.Disclosures.Data;
using Lending.Disclosures.Disclosures;
using Lending.Identity.Contracts;
using Lending.Loans.Contracts;
using Lending.Platform.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Reminders;

/// <summary>Plans a reminder when a customer accepts soon after they got the form, and drops it when they withdraw. Events may come twice: there is one.</summary>
internal sealed class ReminderPlan(
    DisclosuresDbContext db,
    FormDeliveries forms,
    IOfferedCredits credits,
    IOrganizationDirectory organizations
) : IEventHandler<LoanOfferAccepted>, IEventHandler<LoanOfferWithdrawn>
{
    public async Task HandleAsync(LoanOfferAccepted happened, Guid messageId, CancellationToken ct)
    {
        if (await credits.FindAsync(happened.OfferId, ct) is not { WithdrawalEndsAt: { } end } credit)
        {
            // Withdrawn and deleted meanwhile, or accepted before there was a right to withdraw.
            return;
        }
        // What was accepted does not change any more.
        var given = await forms.ListAsync(happened.OfferId, credit.DocumentHash, ct);
        if (
            given.Count == 0
            || given.Any(form => form.HasArrived && happened.At - form.GivenAt >= WithdrawalReminder.GoodTime)
            || await db.WithdrawalReminders.AnyAsync(reminder => reminder.OfferId == happened.OfferId, ct)
        )
        {
            return;
        }
        var timeZone = (await organizations.GetAsync(happened.OrganizationId, ct)).TimeZone;
        db.Add(new WithdrawalReminder(happened.OfferId, happened.CustomerId, happened.At, end, timeZone));
        // Where another instance was quicker, the key refuses this one, and the event is handled again later.
        await db.SaveChangesAsync(ct);
    }

    public async Task HandleAsync(LoanOfferWithdrawn happened, Guid messageId, CancellationToken ct)
    {
        if (
            await db.WithdrawalReminders.SingleOrDefaultAsync(row => row.OfferId == happened.OfferId && row.SentAt == null, ct) is
            { } reminder
        )
        {
            db.Remove(reminder);
            await db.SaveChangesAsync(ct);
        }
    }
}
