using FastEndpoints;
using FluentValidation;
using Lending.Documents.Contracts;
using Lending.Documents.Data;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Documents.Documents;

/// <summary>Lists documents of customers, newest first. Customers see their own.</summary>
internal sealed class ListDocuments(DocumentsDbContext db, Caller caller) : Endpoint<ListDocuments.Request, Ok<Page<DocumentResponse>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only documents of this customer.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>Only documents in this state.</summary>
        public DocumentStatus? Status { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new PageRequestValidator(_ => Cursor.NewestFirst));
            RuleFor(request => request.Status).IsInEnum();
        }
    }

    public override void Configure()
    {
        Get("documents");
        Permissions(DocumentsPermission.DocumentsRead);
        this.TellsOfPersons<DocumentResponse>(nameof(Document), document => document.Id, document => document.CustomerId);
    }

    public override async Task<Ok<Page<DocumentResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var matching = db.Documents.AsQueryable();
        if (request.CustomerId is { } customerId)
        {
            matching = matching.Where(document => document.CustomerId == customerId);
        }
        if (request.Status is { } status)
        {
            matching = matching.Where(document => document.Status == status);
        }
        var total = request.IncludeTotal ? await matching.LongCountAsync(ct) : (long?)null;
        var rows = await matching.PageNewestFirst(request).ProjectToType<DocumentResponse>().ToListAsync(ct);
        var page = request.Page(rows.ConvertAll(row => row.SeenBy(caller)), total, row => Cursor.At(row.CreatedAt, row.Id));
        return TypedResults.Ok(page);
    }
}
