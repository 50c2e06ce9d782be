using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users.PermissionGroups;

/// <summary>Changes a permission group.</summary>
/// <remarks>Where its permissions change, the sessions of its users end, and their tokens stop working within 30 seconds.</remarks>
/// <response code="400">`validation-failed`: all wrong fields at once, such as `permission-not-allowed`; `malformed-json`.</response>
/// <response code="409">
/// `group-name-taken`: the organisation has a group of this name. `concurrent-change`: one of its users was changed at the same time.
/// </response>
/// <response code="412">`precondition-failed`: the group was changed since the version in `If-Match`.</response>
internal sealed class PatchPermissionGroup(IdentityDbContext db, RolePermissions roles, TimeProvider clock)
    : Endpoint<MergePatch<PermissionGroupRequest>, Results<Ok<PermissionGroupResponse>, Problem>>
{
    private static readonly PermissionGroupRequest.Validator Rules = new();

    public override void Configure()
    {
        Patch("permission-groups/{id:guid}");
        Permissions(IdentityPermission.UsersManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<PermissionGroupResponse>, Problem>> ExecuteAsync(
        MergePatch<PermissionGroupRequest> request,
        CancellationToken ct
    )
    {
        var id = Route<Guid>("id");
        var group = await db.PermissionGroups.SingleOrDefaultAsync(row => row.Id == id, ct);
        if (group is null)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(group.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        var current = new PermissionGroupRequest { Name = group.Name, Permissions = group.Permissions };
        if (!request.TryApply(current, Rules, out var patched, out var problem))
        {
            return problem;
        }
        if (roles.CheckGroup(patched.Permissions) is { } error)
        {
            return Problem.From([error]);
        }
        var now = clock.GetStorableNow();
        if (group.Change(patched.Name, patched.Permissions, now))
        {
            db.AddRange((await db.Users.Where(user => user.PermissionGroupId == id).ToListAsync(ct)).Select(user => user.EndSessions(now)));
        }
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(group.RowVersion);
        return TypedResults.Ok(group.Adapt<PermissionGroupResponse>());
    }
}
