using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Organizations;

/// <summary>Changes an organisation. Currency and time zone hold for what happens from then on.</summary>
/// <response code="412">`precondition-failed`: the organisation was changed since the version in `If-Match`.</response>
internal sealed class PatchOrganization(IdentityDbContext db, TimeProvider clock)
    : Endpoint<MergePatch<OrganizationRequest>, Results<Ok<OrganizationResponse>, Problem>>
{
    private static readonly OrganizationRequest.Validator Rules = new();

    public override void Configure()
    {
        Patch("organizations/{id:guid}");
        Permissions(IdentityPermission.OrganizationsManage);
    }

    public override async Task<Results<Ok<OrganizationResponse>, Problem>> ExecuteAsync(
        MergePatch<OrganizationRequest> request,
        CancellationToken ct
    )
    {
        var id = Route<Guid>("id");
        var organization = await db.Organizations.SingleOrDefaultAsync(row => row.Id == id, ct);
        if (organization is null)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(organization.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        var current = new OrganizationRequest
        {
            Name = organization.Name,
            Country = organization.Country,
            Currency = organization.Currency,
            TimeZone = organization.TimeZone,
            AllowPayoutBeforeWithdrawalEnds = organization.AllowPayoutBeforeWithdrawalEnds,
        };
        if (!request.TryApply(current, Rules, out var patched, out var problem))
        {
            return problem;
        }
        var now = clock.GetStorableNow();
        organization.Change(patched.Name, patched.Country, patched.Currency, patched.TimeZone, now);
        organization.DecideOnEarlyPayout(patched.AllowPayoutBeforeWithdrawalEnds, now);
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(organization.RowVersion);
        return TypedResults.Ok(organization.Adapt<OrganizationResponse>());
    }
}
