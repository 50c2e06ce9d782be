using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Policies;

/// <summary>Reads a policy of the organisation.</summary>
internal sealed class GetPolicy(ApplicationsDbContext db) : EndpointWithoutRequest<Results<Ok<PolicyResponse>, Problem>>
{
    public override void Configure()
    {
        Get("credit-policies/{id:guid}");
        Permissions(ApplicationsPermission.Policies);
    }

    public override async Task<Results<Ok<PolicyResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        return await db.Policies.AsNoTracking().SingleOrDefaultAsync(policy => policy.Id == id, ct) is { } policy
            ? PolicySteps.Answer(HttpContext, policy)
            : Problem.NotFound;
    }
}
