using Lending.Payments.Collections;
using Lending.Payments.Data;
using Lending.Payments.Sepa;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Statements;

/// <summary>What is done about debits that failed, besides the books.</summary>
internal static class FailedDebits
{
    /// <summary>Takes the mandate out of use and leaves a work item, where the policy says so.</summary>
    public static async Task FollowAsync(
        PaymentsDbContext db,
        Collection collection,
        ReturnAction action,
        Guid? bankLineId,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (!ReturnPolicy.KeepsMandate(action))
        {
            (await db.Mandates.SingleAsync(mandate => mandate.Id == collection.MandateId, ct)).Suspend(collection.ReasonCode);
        }
        if (WorkItem.OfFailure(collection, action, bankLineId, now) is { } item)
        {
            db.Add(item);
        }
    }
}
