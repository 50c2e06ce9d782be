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

/// <summary>Ends the suspension of an organisation, within 30 seconds; what it had works again.</summary>
internal sealed class ResumeOrganization(IdentityDbContext db, TimeProvider clock) : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("organizations/{id:guid}/suspension");
        Permissions(IdentityPermission.OrganizationsManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var organization = await db.Organizations.SingleOrDefaultAsync(row => row.Id == id, ct);
        if (organization is null)
        {
            return Problem.NotFound;
        }
        organization.Resume(clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
