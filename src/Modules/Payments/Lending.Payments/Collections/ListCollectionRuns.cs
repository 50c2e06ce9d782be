using FastEndpoints;
using Lending.Kernel;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Collections;

/// <summary>Lists the collection runs of the caller's organisation, newest first.</summary>
internal sealed class ListCollectionRuns(PaymentsDbContext db) : Endpoint<ListCollectionRuns.Request, Ok<Page<CollectionRunResponse>>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("collection-runs");
        Permissions(PaymentsPermission.Read);
    }

    public override async Task<Ok<Page<CollectionRunResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var total = request.IncludeTotal ? await db.CollectionRuns.LongCountAsync(ct) : (long?)null;
        var rows = await db.CollectionRuns.PageNewestFirst(request).ProjectToType<CollectionRunResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
