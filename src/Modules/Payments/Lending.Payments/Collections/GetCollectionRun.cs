using FastEndpoints;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Http;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Collections;

/// <summary>Reads a collection run.</summary>
internal sealed class GetCollectionRun(PaymentsDbContext db) : EndpointWithoutRequest<Results<Ok<CollectionRunResponse>, Problem>>
{
    public override void Configure()
    {
        Get("collection-runs/{id:guid}");
        Permissions(PaymentsPermission.Read);
    }

    public override async Task<Results<Ok<CollectionRunResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        return
            await db.CollectionRuns.Where(run => run.Id == id).ProjectToType<CollectionRunResponse>().SingleOrDefaultAsync(ct) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound;
    }
}
