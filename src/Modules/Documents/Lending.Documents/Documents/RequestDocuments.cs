using FastEndpoints;
using FluentValidation;
using Lending.Documents.Contracts;
using Lending.Documents.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Documents.Documents;

/// <summary>
/// Asks a customer for documents, by mail: "two payslips". What they send for it names the request. The mail has a link to pages on which they send it without an
/// account.
/// </summary>
/// <response code="404">`not-found`: there is no such customer, or none that the caller may see.</response>
internal sealed class RequestDocuments(DocumentsDbContext db, IDocumentRequests requests, Transactions transactions)
    : Endpoint<RequestDocuments.Request, Results<Created<DocumentRequestResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>Who is asked.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
        public Guid? CustomerId { get; init; }

        /// <summary>What it is to show.</summary>
        /// <example>PAYSLIP</example>
        public DocumentKind? Kind { get; init; }

        /// <summary>How many, 1 to 12; left out: one.</summary>
        /// <example>2</example>
        public int? Count { get; init; }

        /// <summary>What the customer should know besides; at most 500 characters. It is in the mail.</summary>
        /// <example>Those of September and October.</example>
        public string? Note { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.CustomerId).NotEmpty();
            RuleFor(request => request.Kind).NotNull().IsInEnum();
            RuleFor(request => request.Count).InclusiveBetween(1, IDocumentRequests.MostAsked);
            RuleFor(request => request.Note).MaximumLength(DocumentRequest.MaximumNoteLength);
        }
    }

    public override void Configure()
    {
        Post("document-requests");
        Permissions(DocumentsPermission.DocumentsRequest);
    }

    public override async Task<Results<Created<DocumentRequestResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        var note = string.IsNullOrWhiteSpace(request.Note) ? null : request.Note;
        if (await requests.AskAsync(request.CustomerId!.Value, request.Kind!.Value, request.Count ?? 1, note, ct) is not { } id)
        {
            return Problem.NotFound;
        }
        var answer = await db.DocumentRequests.Where(row => row.Id == id).AsAnswers(db).SingleAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Created($"/api/v1/document-requests/{id}", answer);
    }
}
