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

    /// <summary>Follows what the bank reports of a file that it does not carry out, wholly or in part.</summary>
    public static async Task RejectAsync(
        PaymentsDbContext db,
        IReadOnlyList<PaymentRejection> rejections,
        DateOnly today,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        foreach (var rejection in rejections)
        {
            var runs = db.CollectionRuns.Where(run => run.MessageId == rejection.OriginalMessageId).Select(run => run.Id);
            var collections = await db
                .Collections.Where(collection =>
                    runs.Contains(collection.CollectionRunId)
                    && collection.Status == CollectionStatus.Sent
                    && (rejection.OriginalPartId == null || collection.PartId == rejection.OriginalPartId)
                    && (rejection.EndToEndId == null || collection.EndToEndId == rejection.EndToEndId)
                )
                .ToListAsync(ct);
            if (rejection.EndToEndId is null)
            {
                // Something is wrong with the file, not with these customers: another run collects the same.
                collections.ForEach(collection => collection.Cancel(rejection.ReasonCode));
                db.Add(WorkItem.OfRejectedFile(rejection.ReasonCode, now));
                continue;
            }
            foreach (var collection in collections)
            {
                var action = collection.Fail(CollectionStatus.Rejected, rejection.ReasonCode, today);
                await FollowAsync(db, collection, action, null, now, ct);
            }
        }
    }
}
