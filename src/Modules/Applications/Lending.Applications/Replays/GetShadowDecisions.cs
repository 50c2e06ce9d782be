using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Replays;

/// <summary>Tells what a policy would have decided while it was the shadow, against what was decided.</summary>
internal sealed class GetShadowDecisions(ApplicationsDbContext db) : EndpointWithoutRequest<Results<Ok<PolicyDistribution>, Problem>>
{
    public override void Configure()
    {
        Get("credit-policies/{id:guid}/shadow-decisions");
        Permissions(ApplicationsPermission.Policies);
    }

    public override async Task<Results<Ok<PolicyDistribution>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (!await db.Policies.AnyAsync(policy => policy.Id == id, ct))
        {
            return Problem.NotFound;
        }
        var compared = await db
            .ShadowDecisions.Where(shadow => shadow.PolicyId == id)
            .Join(
                db.Decisions,
                shadow => shadow.DecisionId,
                decision => decision.Id,
                (shadow, decision) =>
                    new
                    {
                        Decided = decision.Outcome,
                        WouldBe = shadow.Outcome,
                        shadow.Points,
                    }
            )
            .GroupBy(row => row)
            .Select(group => new PolicyDistribution.Compared(group.Key.Decided, group.Key.WouldBe, group.Key.Points, group.Count()))
            .ToListAsync(ct);
        return TypedResults.Ok(PolicyDistribution.Of(compared));
    }
}
