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

/// <summary>Confirms a change of approval tiers that another administrator proposed. It holds for every approval from now on; what was approved before stays so.</summary>
/// <remarks>The change is named, so that nobody decides on another one than they have read. The platform's administrators decide in every organisation.</remarks>
/// <response code="409">
/// `own-proposal`: the caller proposed it. `proposal-decided`: it was confirmed, rejected or taken back already. `concurrent-change`: somebody changed it
/// or the organisation at the same time.
/// </response>
internal sealed class ConfirmApprovalTiers(IdentityDbContext db, Caller caller, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<ApprovalTiersChangeResponse>, Problem>>
{
    public override void Configure()
    {
        Post("organizations/{id:guid}/approval-tiers/changes/{changeId:guid}/confirmation");
        Permissions(IdentityPermission.UsersManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<ApprovalTiersChangeResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var (id, changeId) = (Route<Guid>("id"), Route<Guid>("changeId"));
        if (await db.OrganizationsInReachOf(caller).SingleOrDefaultAsync(row => row.Id == id, ct) is not { } organization)
        {
            return Problem.NotFound;
        }
        caller.ActFor(id, caller.Reference);
        if (await db.ApprovalTiersChanges.SingleOrDefaultAsync(row => row.OrganizationId == id && row.Id == changeId, ct) is not { } change)
        {
            return Problem.NotFound;
        }
        if (change.Confirm(organization, caller.Reference, clock.GetStorableNow()) is { } error)
        {
            return Problem.From(error);
        }
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ApprovalTiersChangeResponse.Of(change));
    }
}
