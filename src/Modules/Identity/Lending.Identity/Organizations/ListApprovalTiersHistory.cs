using FastEndpoints;
using Lending.Identity.Data;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Organizations;

/// <summary>Lists the changes of an organisation's approval tiers, newest first: who proposed them, who decided, when and what.</summary>
/// <remarks>Of the caller's own organisation; the platform's administrators read those of every one. The one that waits for a decision is among them.</remarks>
internal sealed class ListApprovalTiersHistory(IdentityDbContext db, Caller caller)
    : Endpoint<ListApprovalTiersHistory.Request, Results<Ok<Page<ApprovalTiersChangeResponse>>, Problem>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("organizations/{id:guid}/approval-tiers/history");
        // Staff may know who decided who approves the offers that they see.
        Permissions(Caller.WholeOrganizationPermission);
    }

    public override async Task<Results<Ok<Page<ApprovalTiersChangeResponse>>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (!await db.OrganizationsInReachOf(caller).AnyAsync(row => row.Id == id, ct))
        {
            return Problem.NotFound;
        }
        caller.ActFor(id, caller.Reference);
        var changes = db.ApprovalTiersChanges.AsNoTracking().Where(row => row.OrganizationId == id);
        var total = request.IncludeTotal ? await changes.LongCountAsync(ct) : (long?)null;
        var rows = await changes.PageNewestFirst(request).ToListAsync(ct);
        return TypedResults.Ok(
            request.Page(rows.ConvertAll(ApprovalTiersChangeResponse.Of), total, row => Cursor.At(row.ProposedAt, row.Id))
        );
    }
}
