using Lending.Payments.Data;
using Lending.Payments.Mandates;
using Lending.Payments.Sepa;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Servicing.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Collections;

/// <summary>Finds what is to be collected by a day: instalments that are due and open, of accounts with a mandate, and that no other debit is out for.</summary>
internal sealed class CollectionPlan(PaymentsDbContext db, ILoanPayments loans, OrganizationClock clock)
{
    /// <summary>The debits of the run, not stored yet.</summary>
    public async Task<IReadOnlyList<Collection>> MakeAsync(CollectionRun run, CancellationToken ct)
    {
        var mandates = (await db.Mandates.AsNoTracking().Where(mandate => mandate.Status == MandateStatus.Active).ToListAsync(ct))
            .Where(mandate => mandate.IsUsableOn(run.CollectOn))
            .ToDictionary(mandate => mandate.LoanAccountId);
        var due = await loans.ListDueAsync(mandates.Keys, run.CollectOn, ct);
        var accountIds = due.Select(instalment => instalment.LoanAccountId).Distinct().ToList();
        var attempts = (
            await db
                .Collections.AsNoTracking()
                .Where(collection => accountIds.Contains(collection.LoanAccountId) && collection.Status != CollectionStatus.Cancelled)
                .ToListAsync(ct)
        ).ToLookup(collection => (collection.LoanAccountId, collection.DueOn));
        var isOut = attempts
            .SelectMany(known => known)
            .Where(known => known.Status is CollectionStatus.Planned or CollectionStatus.Sent)
            .Select(known => known.LoanAccountId)
            .ToHashSet();
        var used = attempts.SelectMany(known => known).Select(known => known.MandateId).ToHashSet();
        var now = clock.GetStorableNow();
        var planned = new List<Collection>();
        foreach (var owed in due)
        {
            // What is owed beside instalments goes with one debit at a time: one that is out may have it already.
            var instalment = isOut.Contains(owed.LoanAccountId) ? owed with { Beside = 0 } : owed;
            if (instalment.Total == 0)
            {
                continue;
            }
            var before = attempts[(instalment.LoanAccountId, instalment.DueOn)].ToList();
            var mandate = mandates[instalment.LoanAccountId];
            if (before.Exists(collection => collection.HoldsInstalmentOf(mandate)))
            {
                continue;
            }
            // In one file, only the first debit of a mandate is the first.
            var sequence = mandate.LastCollectedOn is null && used.Add(mandate.Id) ? SequenceType.First : SequenceType.Recurring;
            planned.Add(Collection.Create(run, mandate, instalment, before.Count + 1, sequence, now));
        }
        return planned;
    }
}
