using FastEndpoints;
using Lending.Documents.Contracts;
using Lending.Documents.Data;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Documents.Documents;

/// <summary>Lists what customers were asked for, newest first. Customers see their own.</summary>
internal sealed class ListDocumentRequests(DocumentsDbContext db)
    : Endpoint<ListDocumentRequests.Request, Ok<Page<DocumentRequestResponse>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only what this customer was asked for.</summary>
        public Guid? CustomerId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("document-requests");
        Permissions(DocumentsPermission.DocumentsRead);
        this.TellsOfPersons<DocumentRequestResponse>(nameof(DocumentRequest), request => request.Id, request => request.CustomerId);
    }

    public override async Task<Ok<Page<DocumentRequestResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var matching = db.DocumentRequests.AsQueryable();
        if (request.CustomerId is { } customerId)
        {
            matching = matching.Where(row => row.CustomerId == customerId);
        }
        var total = request.IncludeTotal ? await matching.LongCountAsync(ct) : (long?)null;
        var rows = await matching.PageNewestFirst(request).AsAnswers(db).ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
