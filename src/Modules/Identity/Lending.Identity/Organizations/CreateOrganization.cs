using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Organizations;

/// <summary>Creates an organisation.</summary>
internal sealed class CreateOrganization(IdentityDbContext db, TimeProvider clock)
    : Endpoint<OrganizationRequest, Created<OrganizationResponse>>
{
    public override void Configure()
    {
        Post("organizations");
        Permissions(IdentityPermission.OrganizationsManage);
    }

    public override async Task<Created<OrganizationResponse>> ExecuteAsync(OrganizationRequest request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        var organization = new Organization(
            Guid.CreateVersion7(now),
            request.Name,
            request.Country,
            request.Currency,
            request.TimeZone,
            now
        );
        organization.Change(request, now);
        db.Add(organization);
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(organization.RowVersion);
        return TypedResults.Created($"/api/v1/organizations/{organization.Id}", organization.Adapt<OrganizationResponse>());
    }
}
