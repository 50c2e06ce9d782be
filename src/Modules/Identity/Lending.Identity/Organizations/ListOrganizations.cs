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
internal sealed class ListOrganizations(IdentityDbContext db)
    : Endpoint<ListOrganizations.Request, Results<Ok<Page<OrganizationResponse>>, Problem>>
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

    public override async Task<Results<Ok<Page<OrganizationResponse>>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        IQueryable<Organization> organizations = db.Organizations;
        var total = request.IncludeTotal ? await organizations.LongCountAsync(ct) : (long?)null;
        var rows = await organizations.PageNewestFirst(request).ProjectToType<OrganizationResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
