using FastEndpoints;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Dunning;

/// <summary>Shows the organisation's levels of dunning, as set or as usual.</summary>
internal sealed class GetDunningLevels(ServicingDbContext db) : EndpointWithoutRequest<Ok<DunningLevels>>
{
    public override void Configure()
    {
        Get("dunning-levels");
        Permissions(ServicingPermission.Post);
    }

    public override async Task<Ok<DunningLevels>> ExecuteAsync(CancellationToken ct)
    {
        var policy = await db.DunningPolicies.AsNoTracking().SingleOrDefaultAsync(ct);
        return TypedResults.Ok(
            new DunningLevels { Levels = policy?.ReadLevels() ?? DunningLevel.Usual, ClosingTolerance = policy?.ClosingTolerance ?? 0 }
        );
    }
}
