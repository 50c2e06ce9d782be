using FastEndpoints;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Payouts;

/// <summary>The file for the bank of a run that was released: pain.001.001.09, the same each time. It has the names and accounts of all who are paid.</summary>
/// <response code="200">The file.</response>
/// <response code="409">
/// `run-not-released`: no second person has released it. `run-failed`: the bank has refused or sent back something of it, which another run may have.
/// </response>
internal sealed class GetPayoutFile(PaymentsDbContext db) : EndpointWithoutRequest<Results<FileContentHttpResult, Problem>>
{
    public override void Configure()
    {
        Get("payout-runs/{id:guid}/file");
        Permissions(PaymentsPermission.Release);
        Description(route => route.Produces<Stream>(StatusCodes.Status200OK, BankRunFile.ContentType));
        this.TellsOfPersons(nameof(PayoutRun));
    }

    public override async Task<Results<FileContentHttpResult, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var found = await db
            .PayoutRuns.AsNoTracking()
            .Where(run => run.Id == id)
            .Select(run => new
            {
                Run = run,
                IsWhole = run.Count
                    == db.Payouts.Count(payout =>
                        payout.PayoutRunId == run.Id && (payout.Status == PayoutStatus.Sent || payout.Status == PayoutStatus.Settled)
                    ),
            })
            .SingleOrDefaultAsync(ct);
        return BankRunFile.Of(found?.Run, found?.IsWhole == true);
    }
}
