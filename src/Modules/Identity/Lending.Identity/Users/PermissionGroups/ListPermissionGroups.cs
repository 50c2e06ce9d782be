using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users.PermissionGroups;

/// <summary>Lists the permission groups of the caller's organisation, newest first.</summary>
internal sealed class ListPermissionGroups(IdentityDbContext db) : Endpoint<ListPermissionGroups.Request, Ok<Page<PermissionGroupResponse>>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("permission-groups");
        Permissions(IdentityPermission.UsersManage);
    }

    public override async Task<Ok<Page<PermissionGroupResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var total = request.IncludeTotal ? await db.PermissionGroups.LongCountAsync(ct) : (long?)null;
        var rows = await db.PermissionGroups.PageNewestFirst(request).ProjectToType<PermissionGroupResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
