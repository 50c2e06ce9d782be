using FastEndpoints;
using Lending.Kernel;
using Lending.NewModule.Contracts;
using Lending.NewModule.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.NewModule.NewEntities;

/// <summary>Lists the new entities of the caller's organisation, newest first.</summary>
internal sealed class ListNewEntities(NewModuleDbContext db) : Endpoint<ListNewEntities.Request, Ok<Page<NewEntityResponse>>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("new-entities");
        Permissions(NewModulePermission.NewEntitiesRead);
    }

    public override async Task<Ok<Page<NewEntityResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var total = request.IncludeTotal ? await db.NewEntities.LongCountAsync(ct) : (long?)null;
        var rows = await db.NewEntities.PageNewestFirst(request).ProjectToType<NewEntityResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
