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

namespace Lending.Identity.Organizations;

/// <summary>Lists the organisations, newest first.</summary>
internal sealed class ListOrganizations(IdentityDbContext db) : Endpoint<ListOrganizations.Request, Ok<Page<OrganizationResponse>>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("organizations");
        Permissions(IdentityPermission.OrganizationsManage);
    }

    public override async Task<Ok<Page<OrganizationResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var total = request.IncludeTotal ? await db.Organizations.LongCountAsync(ct) : (long?)null;
        var rows = await db.Organizations.PageNewestFirst(request).ProjectToType<OrganizationResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
