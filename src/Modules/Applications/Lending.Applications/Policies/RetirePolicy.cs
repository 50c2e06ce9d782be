using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Applications.Policies;

/// <summary>Takes a policy out of use. Without a live one, applications are decided on by the standard policy.</summary>
/// <response code="409">`policy-not-committed`: it is a draft, or out of use already. `concurrent-change`: somebody changed it, or moved another one, at the same time.</response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class RetirePolicy(PolicySteps steps) : EndpointWithoutRequest<Results<Ok<PolicyResponse>, Problem>>
{
    public override void Configure()
    {
        Post("credit-policies/{id:guid}/retire");
        Permissions(ApplicationsPermission.Policies);
        this.NeedsStepUp();
    }

    public override Task<Results<Ok<PolicyResponse>, Problem>> ExecuteAsync(CancellationToken ct) =>
        steps.ChangeAsync(HttpContext, Route<Guid>("id"), (policy, _, now) => policy.Retire(now), ct);
}
