using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Users.PermissionGroups;

/// <summary>Makes a permission group in the caller's organisation; put users into it with `PATCH /users/{id}`.</summary>
/// <response code="400">`validation-failed`: all wrong fields at once, such as `permission-not-allowed`; `malformed-json`.</response>
/// <response code="409">`group-name-taken`: the organisation has a group of this name.</response>
internal sealed class CreatePermissionGroup(IdentityDbContext db, RolePermissions roles, TimeProvider clock)
    : Endpoint<PermissionGroupRequest, Results<Created<PermissionGroupResponse>, Problem>>
{
    public override void Configure()
    {
        Post("permission-groups");
        Permissions(IdentityPermission.UsersManage);
        this.NeedsStepUp();
    }

    public override async Task<Results<Created<PermissionGroupResponse>, Problem>> ExecuteAsync(
        PermissionGroupRequest request,
        CancellationToken ct
    )
    {
        if (roles.CheckGroup(request.Permissions) is { } error)
        {
            return Problem.From([error]);
        }
        var now = clock.GetStorableNow();
        var group = new PermissionGroup(Guid.CreateVersion7(now), request.Name, request.Permissions, now);
        db.Add(group);
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(group.RowVersion);
        return TypedResults.Created($"/api/v1/permission-groups/{group.Id}", group.Adapt<PermissionGroupResponse>());
    }
}
