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

/// <summary>Lists debits of the caller's organisation, newest first, with what became of them.</summary>
internal sealed class ListCollections(PaymentsDbContext db) : Endpoint<ListCollections.Request, Ok<Page<CollectionResponse>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only debits of this run.</summary>
        public Guid? CollectionRunId { get; init; }

        /// <summary>Only debits of this loan account.</summary>
        public Guid? LoanAccountId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("collections");
        Permissions(PaymentsPermission.Read);
    }

    public override async Task<Ok<Page<CollectionResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var collections = db.Collections.Where(collection =>
            (request.CollectionRunId == null || collection.CollectionRunId == request.CollectionRunId)
            && (request.LoanAccountId == null || collection.LoanAccountId == request.LoanAccountId)
        );
        var total = request.IncludeTotal ? await collections.LongCountAsync(ct) : (long?)null;
        var rows = await collections.PageNewestFirst(request).ProjectToType<CollectionResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
