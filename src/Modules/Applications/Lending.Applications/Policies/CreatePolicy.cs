using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Lending.Identity.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Applications.Policies;

/// <summary>Creates a policy of the organisation, as a draft: nothing is decided by it.</summary>
/// <response code="400">
/// `validation-failed`: all wrong fields at once, such as `invalid-policy` with the path in the policy. `currency-mismatch`: the organisation lends in another
/// currency. `malformed-json`.
/// </response>
/// <response code="409">`policy-version-taken`: there is one of this version.</response>
internal sealed class CreatePolicy(ApplicationsDbContext db, IOrganizationDirectory organizations, Caller caller, OrganizationClock clock)
    : Endpoint<PolicyRequest, Results<Created<PolicyResponse>, Problem>>
{
    public override void Configure()
    {
        Post("credit-policies");
        Permissions(ApplicationsPermission.Policies);
    }

    public override async Task<Results<Created<PolicyResponse>, Problem>> ExecuteAsync(PolicyRequest request, CancellationToken ct)
    {
        var organization = await organizations.GetAsync(caller.OrganizationId, ct);
        if (request.Policy!.Currency != organization.Currency)
        {
            return Problem.From(PolicyErrors.OtherCurrency);
        }
        var policy = new Policy(request.Policy, caller.Reference, clock.GetStorableNow());
        db.Add(policy);
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(policy.RowVersion);
        return TypedResults.Created($"/api/v1/credit-policies/{policy.Id}", PolicyResponse.Of(policy));
    }
}
