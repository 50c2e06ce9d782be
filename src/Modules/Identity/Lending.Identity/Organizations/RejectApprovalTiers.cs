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

/// <summary>Rejects a change of approval tiers that nobody has decided on, or takes the own one back.</summary>
/// <remarks>The change is named, so that nobody decides on another one than they have read. The platform's administrators decide in every organisation.</remarks>
/// <response code="409">
/// `proposal-decided`: it was confirmed, rejected or taken back already. `concurrent-change`: somebody decided on it at the same time.
/// </response>
internal sealed class RejectApprovalTiers(IdentityDbContext db, Caller caller, TimeProvider clock)
    : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("organizations/{id:guid}/approval-tiers/changes/{changeId:guid}");
        Permissions(IdentityPermission.UsersManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var (id, changeId) = (Route<Guid>("id"), Route<Guid>("changeId"));
        if (!await db.OrganizationsInReachOf(caller).AnyAsync(row => row.Id == id, ct))
        {
            return Problem.NotFound;
        }
        caller.ActFor(id, caller.Reference);
        if (await db.ApprovalTiersChanges.SingleOrDefaultAsync(row => row.OrganizationId == id && row.Id == changeId, ct) is not { } change)
        {
            return Problem.NotFound;
        }
        if (change.Reject(caller.Reference, clock.GetStorableNow()) is { } error)
        {
            return Problem.From(error);
        }
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
