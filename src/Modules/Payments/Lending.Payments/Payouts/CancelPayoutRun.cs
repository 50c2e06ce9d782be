using FastEndpoints;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Payouts;

/// <summary>Cancels a run that was not released: another one may pay what is in it.</summary>
/// <response code="409">`run-not-draft`: it was released or cancelled already. `concurrent-change`: somebody changed it at the same time.</response>
internal sealed class CancelPayoutRun(PaymentsDbContext db, Caller caller, OrganizationClock clock)
    : EndpointWithoutRequest<Results<Ok<PayoutRunResponse>, Problem>>
{
    public override void Configure()
    {
        Post("payout-runs/{id:guid}/cancellation");
        Permissions(PaymentsPermission.Post);
    }

    public override async Task<Results<Ok<PayoutRunResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.PayoutRuns.SingleOrDefaultAsync(run => run.Id == id, ct) is not { } run)
        {
            return Problem.NotFound;
        }
        if (run.Cancel(caller.Reference, clock.GetStorableNow()) is { } error)
        {
            return Problem.From(error);
        }
        foreach (var payout in await db.Payouts.Where(payout => payout.PayoutRunId == id).ToListAsync(ct))
        {
            payout.Cancel();
        }
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(run.Adapt<PayoutRunResponse>());
    }
}
