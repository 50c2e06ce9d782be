using FastEndpoints;
using Lending.Documents.Checks;
using Lending.Documents.Contracts;
using Lending.Documents.Data;
using Lending.Documents.Files;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Lending.Documents.Documents;

/// <summary>Answers the file of a document, to be saved and not to be shown by the browser; or a part of it, where `Range` asks for one. Customers get their own.</summary>
/// <response code="200">The file.</response>
/// <response code="206">The part that `Range` names.</response>
/// <response code="304">The client has it already: `If-None-Match` names its entity tag.</response>
/// <response code="409">`document-not-readable`: nobody has looked for viruses yet, or something was found.</response>
/// <response code="416">`range-not-satisfiable`: there is no such part.</response>
internal sealed class DownloadDocument(DocumentsDbContext db, IFileStore store, Caller caller)
    : EndpointWithoutRequest<Results<FileStreamHttpResult, Problem>>
{
    public override void Configure()
    {
        Get("documents/{id:guid}/content");
        Permissions(DocumentsPermission.DocumentsRead);
        this.ServesUploads();
        Description(route =>
            route
                .Produces<Stream>(StatusCodes.Status200OK, System.Net.Mime.MediaTypeNames.Application.Octet)
                .Produces<Stream>(StatusCodes.Status206PartialContent, System.Net.Mime.MediaTypeNames.Application.Octet)
                .Produces(StatusCodes.Status304NotModified)
                .Produces(StatusCodes.Status416RangeNotSatisfiable)
        );
    }

    public override async Task<Results<FileStreamHttpResult, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        // As an entity: the key is decrypted with it.
        var document = await db.Documents.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct);
        if (document is null)
        {
            return Problem.NotFound;
        }
        if (!document.IsReadable)
        {
            return Problem.From(DocumentErrors.NotReadable);
        }
        if (IsBehindTheEnd(document.SizeBytes))
        {
            HttpContext.Response.Headers.ContentRange = new ContentRangeHeaderValue(document.SizeBytes).ToString();
            return Problem.Of(StatusCodes.Status416RangeNotSatisfiable, "range-not-satisfiable", "There is no such part.");
        }
        if (caller.CustomerScope is null)
        {
            // Before anything of it leaves. Customers see nothing but their own.
            db.Note(AuditAction.Read, nameof(Document), id, document.CustomerId);
            await db.SaveChangesAsync(ct);
        }
        return TypedResults.File(
            document.Open(store),
            document.Format.MediaType(),
            document.FileName,
            entityTag: new EntityTagHeaderValue($"\"{document.FileId:N}\""),
            enableRangeProcessing: true
        );
    }

    // ASP.NET Core would refuse it, too, without a body.
    private bool IsBehindTheEnd(long sizeBytes) =>
        HttpContext.Request.GetTypedHeaders().Range is { Ranges: { Count: 1 } ranges }
        && (ranges.Single() is { From: { } from } ? from >= sizeBytes : ranges.Single().To == 0);
}
