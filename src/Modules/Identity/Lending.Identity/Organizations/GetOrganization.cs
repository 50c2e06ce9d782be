using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Organizations;

/// <summary>Reads an organisation.</summary>
internal sealed class GetOrganization(IdentityDbContext db) : EndpointWithoutRequest<Results<Ok<OrganizationResponse>, Problem>>
{
    public override void Configure()
    {
        Get("organizations/{id:guid}");
        Permissions(IdentityPermission.OrganizationsManage);
    }

    public override async Task<Results<Ok<OrganizationResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var organization = await db.Organizations.Where(row => row.Id == id).ProjectToType<OrganizationResponse>().SingleOrDefaultAsync(ct);
        if (organization is null)
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(organization.RowVersion);
        return TypedResults.Ok(organization);
    }
}
