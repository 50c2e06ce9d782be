using Lending.Payments.Collections;
using Lending.Payments.Data;
using Lending.Payments.Payouts;
using Lending.Payments.Sepa;
using Lending.Servicing.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Statements;

/// <summary>Follows what a bank reports of files that it was given: pain.002.</summary>
internal sealed class StatusReports(PaymentsDbContext db, ILoanPayouts loans)
{
    /// <summary>Changes what is told of, in the caller's transaction.</summary>
    public async Task FollowAsync(IReadOnlyList<PaymentReport> reports, DateTimeOffset now, CancellationToken ct)
    {
        var today = TargetCalendar.DayOf(now);
        foreach (var report in reports)
        {
            var payouts = await FindPayoutsAsync(report, ct);
            if (report.Outcome == PaymentOutcome.Settled)
            {
                // That a debit was paid shows in the books, with what came of it.
                await SettledPayouts.FollowAsync(loans, payouts, today, ct);
                continue;
            }
            // What was sent before is under way: it was this copy that the bank refused.
            if (report.ReasonCode is "AM05" or "DUPL" or "DU01" or "DU02" && report.EndToEndId is null)
            {
                db.Add(WorkItem.OfRejectedFile(report.ReasonCode, now));
                continue;
            }
            var collections = await FindCollectionsAsync(report, ct);
            payouts.ForEach(payout => payout.Reject(report.ReasonCode, today));
            if (report.EndToEndId is null)
            {
                // Something is wrong with the file, not with these customers: another run has the same.
                collections.ForEach(collection => collection.Cancel(report.ReasonCode));
                db.Add(WorkItem.OfRejectedFile(report.ReasonCode, now));
                continue;
            }
            foreach (var collection in collections)
            {
                var action = collection.Fail(CollectionStatus.Rejected, report.ReasonCode, today);
                await FailedDebits.FollowAsync(db, collection, action, null, now, ct);
            }
            db.AddRange(payouts.Select(payout => WorkItem.OfPayout(payout, null, now)));
        }
    }

    // Those at the bank: of what was told before, nothing changes.
    private Task<List<Payout>> FindPayoutsAsync(PaymentReport report, CancellationToken ct)
    {
        var runs = db.PayoutRuns.Where(run => run.MessageId == report.OriginalMessageId).Select(run => run.Id);
        return db
            .Payouts.Where(payout =>
                runs.Contains(payout.PayoutRunId)
                && payout.Status == PayoutStatus.Sent
                && (report.OriginalPartId == null || payout.PartId == report.OriginalPartId)
                && (report.EndToEndId == null || payout.EndToEndId == report.EndToEndId)
            )
            .ToListAsync(ct);
    }

    private Task<List<Collection>> FindCollectionsAsync(PaymentReport report, CancellationToken ct)
    {
        var runs = db.CollectionRuns.Where(run => run.MessageId == report.OriginalMessageId).Select(run => run.Id);
        return db
            .Collections.Where(collection =>
                runs.Contains(collection.CollectionRunId)
                && collection.Status == CollectionStatus.Sent
                && (report.OriginalPartId == null || collection.PartId == report.OriginalPartId)
                && (report.EndToEndId == null || collection.EndToEndId == report.EndToEndId)
            )
            .ToListAsync(ct);
    }
}
