using FastEndpoints;
using Lending.Identity.Addresses;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Organizations;

/// <summary>Changes the caller's own organisation; the platform's administrators change every one.</summary>
/// <remarks>
/// Name, country and currency are set by the platform's administrators only. Currency and time zone hold for what happens from then on, allowed
/// addresses within 30 seconds.
/// </remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once, such as `invalid-range`, or `own-address-missing`: one's own address is not among the allowed ones;
/// `malformed-json`.
/// </response>
/// <response code="403">
/// `forbidden`: the caller's role or API key does not permit this. `platform-setting`: only the platform's administrators change this.
/// </response>
/// <response code="412">`precondition-failed`: the organisation was changed since the version in `If-Match`.</response>
internal sealed class PatchOrganization(IdentityDbContext db, Caller caller, TimeProvider clock)
    : Endpoint<MergePatch<OrganizationRequest>, Results<Ok<OrganizationResponse>, Problem>>
{
    private static readonly OrganizationRequest.Validator Rules = new();

    public override void Configure()
    {
        Patch("organizations/{id:guid}");
        Permissions(IdentityPermission.OrganizationSettings);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<OrganizationResponse>, Problem>> ExecuteAsync(
        MergePatch<OrganizationRequest> request,
        CancellationToken ct
    )
    {
        var id = Route<Guid>("id");
        var organization = await db.OrganizationsInReachOf(caller).SingleOrDefaultAsync(row => row.Id == id, ct);
        if (organization is null)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(organization.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        var current = organization.Settings;
        if (!request.TryApply(current, Rules, out var patched, out var problem))
        {
            return problem;
        }
        if (
            !caller.IsPlatformAdministrator()
            && (patched.Name, patched.Country, patched.Currency) != (current.Name, current.Country, current.Currency)
        )
        {
            return Problem.From(IdentityErrors.PlatformSetting);
        }
        if (
            organization.Id == caller.OrganizationId
            && !AddressRanges.Read(AddressRanges.Normalize(patched.AllowedAddresses)).Allow(HttpContext.Connection.RemoteIpAddress)
        )
        {
            return Problem.From([IdentityErrors.OwnAddressMissing]);
        }
        organization.Change(patched, clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(organization.RowVersion);
        return TypedResults.Ok(organization.Adapt<OrganizationResponse>());
    }
}
