using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Applications.Policies;

/// <summary>Lets a policy go live: applications are decided on by it from now on. It takes somebody else than who changed or committed it last, and the live one before it is taken out of use.</summary>
/// <response code="403">`second-person-required`: the caller changed or committed it last. `step-up-required`.</response>
/// <response code="409">
/// `policy-not-replayed`: run it over past applications first. `policy-not-committed`: it is a draft, or live already. `concurrent-change`: somebody
/// changed it, or moved another one, at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class ActivatePolicy(PolicySteps steps) : EndpointWithoutRequest<Results<Ok<PolicyResponse>, Problem>>
{
    public override void Configure()
    {
        Post("credit-policies/{id:guid}/activate");
        Permissions(ApplicationsPermission.Policies);
        this.NeedsStepUp();
    }

    public override Task<Results<Ok<PolicyResponse>, Problem>> ExecuteAsync(CancellationToken ct) =>
        steps.ChangeAsync(HttpContext, Route<Guid>("id"), (policy, by, now) => policy.GoLive(by, now), ct, takesPlaceOf: PolicyStatus.Live);
}
