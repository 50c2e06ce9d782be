using FastEndpoints;
using Lending.Documents.Contracts;
using Lending.Documents.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Documents.Documents;

/// <summary>Tells what a customer was asked for, and how much of it is there. Customers see their own.</summary>
internal sealed class GetDocumentRequest(DocumentsDbContext db) : EndpointWithoutRequest<Results<Ok<DocumentRequestResponse>, Problem>>
{
    public override void Configure()
    {
        Get("document-requests/{id:guid}");
        Permissions(DocumentsPermission.DocumentsRead);
        this.TellsOfPersons<DocumentRequestResponse>(nameof(DocumentRequest), request => request.Id, request => request.CustomerId);
    }

    public override async Task<Results<Ok<DocumentRequestResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var found = await db.DocumentRequests.Where(request => request.Id == id).AsAnswers(db).SingleOrDefaultAsync(ct);
        return found is null ? Problem.NotFound : TypedResults.Ok(found);
    }
}
