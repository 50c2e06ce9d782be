using FastEndpoints;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Organizations;

/// <summary>Reads who may approve the organisation's offers, by loan amount.</summary>
/// <remarks>Of the caller's own organisation; the platform's administrators read those of every one. The entity tag is the organisation's.</remarks>
internal sealed class GetApprovalTiers(IdentityDbContext db, Caller caller) : EndpointWithoutRequest<Results<Ok<ApprovalTiers>, Problem>>
{
    public override void Configure()
    {
        Get("organizations/{id:guid}/approval-tiers");
        // Staff may know who approves the offers that they see.
        Permissions(Caller.WholeOrganizationPermission);
    }

    public override async Task<Results<Ok<ApprovalTiers>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var organization = await db.OrganizationsInReachOf(caller)
            .Where(row => row.Id == id)
            .Select(row => new { row.ApprovalTiers, row.RowVersion })
            .SingleOrDefaultAsync(ct);
        if (organization is null)
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(organization.RowVersion);
        return TypedResults.Ok(ApprovalTiers.Of(organization.ApprovalTiers));
    }
}
