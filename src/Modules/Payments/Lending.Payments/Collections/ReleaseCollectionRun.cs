using System.Text;
using FastEndpoints;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Payments.Sepa;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Collections;

/// <summary>
/// Releases a run: its file may go to the bank, and each customer is told by mail what is collected from them and when. Debits are taken out whose mandate was
/// revoked or suspended since or names another creditor identifier, and those of what is no longer owed.
/// </summary>
/// <response code="403">`forbidden`: not with this role. `second-person-required`: not who made the run.</response>
/// <response code="409">
/// `run-not-draft`: it was released or cancelled already. `too-late-for-day`: the bank does not take it any more for its day: cancel it, and make another one.
/// `too-early-for-day`, `closed-day`. `too-late-for-notice`: customers would be told of it later than was agreed with them. `nothing-due`: nothing of it is left. `concurrent-change`: somebody changed it at the same time.
/// </response>
internal sealed class ReleaseCollectionRun(
    PaymentsDbContext db,
    ILoanPayments loans,
    CollectionNotices notices,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : EndpointWithoutRequest<Results<Ok<CollectionRunResponse>, Problem>>
{
    public override void Configure()
    {
        Post("collection-runs/{id:guid}/release");
        Permissions(PaymentsPermission.Release);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<CollectionRunResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.CollectionRuns.SingleOrDefaultAsync(run => run.Id == id, ct) is not { } run)
        {
            return Problem.NotFound;
        }
        var now = clock.GetStorableNow();
        var creditor = await db.Creditors.AsNoTracking().SingleAsync(ct);
        if (run.FindObstacleToRelease(caller.UserId, creditor.NoticeDays, now) is { } obstacle)
        {
            return Problem.From(obstacle);
        }
        var collections = await db.Collections.Where(collection => collection.CollectionRunId == id).OrderBy(row => row.Id).ToListAsync(ct);
        var mandateIds = collections.Select(collection => collection.MandateId).Distinct().ToList();
        var mandates = await db.Mandates.Where(mandate => mandateIds.Contains(mandate.Id)).ToDictionaryAsync(mandate => mandate.Id, ct);
        var accountIds = collections.Select(collection => collection.LoanAccountId).Distinct().ToList();
        var due = (await loans.ListDueAsync(accountIds, run.CollectOn, ct)).ToDictionary(
            instalment => (instalment.LoanAccountId, instalment.DueOn),
            instalment => instalment.Total
        );
        foreach (var collection in collections)
        {
            var mandate = mandates[collection.MandateId];
            var owed = due.GetValueOrDefault((collection.LoanAccountId, collection.DueOn));
            if (!mandate.IsUsableOn(run.CollectOn) || mandate.CreditorIdentifier != creditor.Identifier || owed == 0)
            {
                collection.Cancel();
            }
            else
            {
                collection.LowerTo(owed);
            }
        }
        var sent = collections.FindAll(collection => collection.Status == CollectionStatus.Planned);
        if (sent.Count == 0)
        {
            return Problem.From(CollectionErrors.NothingDue);
        }
        foreach (var collection in sent)
        {
            collection.Send();
            mandates[collection.MandateId].Use(run.CollectOn);
        }
        var file = new DirectDebitFile(
            run.MessageId,
            now,
            creditor.ToParty(),
            creditor.Identifier,
            [.. sent.Select(collection => collection.ToDebit(mandates[collection.MandateId], RemittanceOf(collection)))]
        );
        run.Comprise(sent);
        run.Release(Encoding.UTF8.GetString(file.Write()), caller.Reference, now);
        await using var transaction = await transactions.BeginAsync(ct);
        await db.SaveChangesAsync(ct);
        // With the release, so that each debit which goes to the bank is told of once.
        await notices.SendAsync(creditor, sent, mandates, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(run.Adapt<CollectionRunResponse>());
    }

    private static string RemittanceOf(Collection collection) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"Rate {collection.DueOn:yyyy-MM-dd} / instalment due {collection.DueOn:yyyy-MM-dd}"
        );
}
