using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Organizations;

/// <summary>Reads the caller's own organisation; the platform's administrators read every one.</summary>
internal sealed class GetOrganization(IdentityDbContext db, Caller caller)
    : EndpointWithoutRequest<Results<Ok<OrganizationResponse>, Problem>>
{
    public override void Configure()
    {
        Get("organizations/{id:guid}");
        Permissions(IdentityPermission.OrganizationSettings);
    }

    public override async Task<Results<Ok<OrganizationResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var organization = await db.OrganizationsInReachOf(caller)
            .Where(row => row.Id == id)
            .ProjectToType<OrganizationResponse>()
            .SingleOrDefaultAsync(ct);
        if (organization is null)
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(organization.RowVersion);
        return TypedResults.Ok(organization);
    }
}
