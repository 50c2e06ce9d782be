using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Applications.Policies;

/// <summary>Lets a policy decide beside the live one: nothing comes of it, but what it would have decided is kept and counted. The shadow before it is taken out of use.</summary>
/// <response code="409">`policy-not-committed`: it is a draft, or live, or the shadow already. `concurrent-change`: somebody changed it, or moved another one, at the same time.</response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class ShadowPolicy(PolicySteps steps) : EndpointWithoutRequest<Results<Ok<PolicyResponse>, Problem>>
{
    public override void Configure()
    {
        Post("credit-policies/{id:guid}/shadow");
        Permissions(ApplicationsPermission.Policies);
    }

    public override Task<Results<Ok<PolicyResponse>, Problem>> ExecuteAsync(CancellationToken ct) =>
        steps.ChangeAsync(HttpContext, Route<Guid>("id"), (policy, _, now) => policy.Shadow(now), ct, takesPlaceOf: PolicyStatus.Shadow);
}
