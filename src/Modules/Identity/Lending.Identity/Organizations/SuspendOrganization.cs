using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Organizations;

/// <summary>Suspends an organisation: within 30 seconds nothing can be done with its access tokens and API keys, those of new logins included.</summary>
/// <remarks>Everything it has stays as it is. What is suspended already stays so.</remarks>
/// <response code="409">`platform-organization`: the platform's own organisation cannot be suspended.</response>
internal sealed class SuspendOrganization(IdentityDbContext db, TimeProvider clock) : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Post("organizations/{id:guid}/suspension");
        Permissions(IdentityPermission.OrganizationsManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (id == Organization.DefaultId)
        {
            return Problem.From(IdentityErrors.PlatformOrganization);
        }
        var organization = await db.Organizations.SingleOrDefaultAsync(row => row.Id == id, ct);
        if (organization is null)
        {
            return Problem.NotFound;
        }
        organization.Suspend(clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
