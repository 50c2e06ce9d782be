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

namespace Lending.Payments.Collections;

/// <summary>Cancels a run that was not released: another one may collect its instalments.</summary>
/// <response code="409">`run-not-draft`: it was released or cancelled already. `concurrent-change`: somebody changed it at the same time.</response>
internal sealed class CancelCollectionRun(PaymentsDbContext db, Caller caller, OrganizationClock clock)
    : EndpointWithoutRequest<Results<Ok<CollectionRunResponse>, Problem>>
{
    public override void Configure()
    {
        Post("collection-runs/{id:guid}/cancellation");
        Permissions(PaymentsPermission.Post);
    }

    public override async Task<Results<Ok<CollectionRunResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.CollectionRuns.SingleOrDefaultAsync(run => run.Id == id, ct) is not { } run)
        {
            return Problem.NotFound;
        }
        if (run.Cancel(caller.Reference, clock.GetStorableNow()) is { } error)
        {
            return Problem.From(error);
        }
        foreach (var collection in await db.Collections.Where(collection => collection.CollectionRunId == id).ToListAsync(ct))
        {
            collection.Cancel();
        }
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(run.Adapt<CollectionRunResponse>());
    }
}
