using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Identity.Contracts;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Applications.Policies;

/// <summary>Changes a policy that is a draft.</summary>
/// <response code="400">
/// `validation-failed`: all wrong fields at once, such as `invalid-policy` with the path in the policy. `currency-mismatch`: the organisation lends in another
/// currency. `malformed-json`.
/// </response>
/// <response code="409">`policy-not-draft`: it was committed. `policy-version-taken`: there is one of this version. `concurrent-change`: somebody changed it at the same time.</response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class PutPolicy(PolicySteps steps, IOrganizationDirectory organizations, Caller caller)
    : Endpoint<PolicyRequest, Results<Ok<PolicyResponse>, Problem>>
{
    public override void Configure()
    {
        Put("credit-policies/{id:guid}");
        Permissions(ApplicationsPermission.Policies);
    }

    public override async Task<Results<Ok<PolicyResponse>, Problem>> ExecuteAsync(PolicyRequest request, CancellationToken ct)
    {
        var organization = await organizations.GetAsync(caller.OrganizationId, ct);
        return await steps.ChangeAsync(
            HttpContext,
            Route<Guid>("id"),
            (policy, by, now) =>
                request.Policy!.Currency == organization.Currency ? policy.Change(request.Policy, by, now) : PolicyErrors.OtherCurrency,
            ct
        );
    }
}
