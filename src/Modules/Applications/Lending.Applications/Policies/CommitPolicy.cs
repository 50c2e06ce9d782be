using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Applications.Policies;

/// <summary>Commits a policy: from now on it says the same for ever, and can be run beside the live one or go live.</summary>
/// <response code="409">`policy-not-draft`: it was committed already. `concurrent-change`: somebody changed it, or moved another one, at the same time.</response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class CommitPolicy(PolicySteps steps) : EndpointWithoutRequest<Results<Ok<PolicyResponse>, Problem>>
{
    public override void Configure()
    {
        Post("credit-policies/{id:guid}/commit");
        Permissions(ApplicationsPermission.Policies);
    }

    public override Task<Results<Ok<PolicyResponse>, Problem>> ExecuteAsync(CancellationToken ct) =>
        steps.ChangeAsync(HttpContext, Route<Guid>("id"), (policy, by, now) => policy.Commit(by, now), ct);
}
