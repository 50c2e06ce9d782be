using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users.PermissionGroups;

/// <summary>Reads a permission group of the caller's organisation.</summary>
internal sealed class GetPermissionGroup(IdentityDbContext db) : EndpointWithoutRequest<Results<Ok<PermissionGroupResponse>, Problem>>
{
    public override void Configure()
    {
        Get("permission-groups/{id:guid}");
        Permissions(IdentityPermission.UsersManage);
    }

    public override async Task<Results<Ok<PermissionGroupResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var group = await db.PermissionGroups.Where(row => row.Id == id).ProjectToType<PermissionGroupResponse>().SingleOrDefaultAsync(ct);
        if (group is null)
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(group.RowVersion);
        return TypedResults.Ok(group);
    }
}
