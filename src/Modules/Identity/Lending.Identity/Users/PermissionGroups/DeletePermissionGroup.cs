using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users.PermissionGroups;

/// <summary>Deletes a permission group that nobody is in.</summary>
/// <response code="409">`group-in-use`: there are users in it. `concurrent-change`: somebody changed it at the same time.</response>
internal sealed class DeletePermissionGroup(IdentityDbContext db) : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("permission-groups/{id:guid}");
        Permissions(IdentityPermission.UsersManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.PermissionGroups.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } group)
        {
            return Problem.NotFound;
        }
        // The foreign key of the users refuses it where somebody is in it.
        db.Remove(group);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
