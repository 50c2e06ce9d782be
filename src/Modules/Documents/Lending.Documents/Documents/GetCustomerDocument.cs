using FastEndpoints;
using Lending.Documents.Contracts;
using Lending.Documents.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Documents.Documents;

/// <summary>Tells of one document of a customer; the file itself is at `/content`. Customers see their own.</summary>
internal sealed class GetCustomerDocument(DocumentsDbContext db, Caller caller)
    : EndpointWithoutRequest<Results<Ok<DocumentResponse>, Problem>>
{
    public override void Configure()
    {
        Get("documents/{id:guid}");
        Permissions(DocumentsPermission.DocumentsRead);
        this.TellsOfPersons<DocumentResponse>(nameof(Document), document => document.Id, document => document.CustomerId);
    }

    public override async Task<Results<Ok<DocumentResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        // As an entity, for its version.
        var found = await db.Documents.AsNoTracking().SingleOrDefaultAsync(document => document.Id == id, ct);
        if (found is null)
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(found.RowVersion);
        return TypedResults.Ok(found.Adapt<DocumentResponse>().SeenBy(caller));
    }
}
