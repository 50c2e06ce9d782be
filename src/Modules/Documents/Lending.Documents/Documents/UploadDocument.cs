using FastEndpoints;
using Lending.Documents.Contracts;
using Lending.Documents.Files;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Lending.Documents.Documents;

/// <summary>Takes a document of a customer: PDF, JPEG, PNG or WebP, at most 15 MB. Customers send their own.</summary>
/// <remarks>
/// What is scanned and right waits for a decision (`PENDING`). While no virus scanner answers, a file stays in quarantine (`QUARANTINED`), and nobody can
/// read it. Of pictures only the pixels are kept. The same file of the same kind, sent again, is answered with what came of it the first time: so it needs
/// no `Idempotency-Key`.
/// </remarks>
/// <response code="200">This file is there already.</response>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `unknown-request`; `malformed-form`. Of the file: `file-missing`, `file-name-invalid`,
/// `file-type-unsupported`, `file-name-mismatch`, `file-type-mismatch`, `file-ambiguous`, `file-infected`, `file-unreadable`, `image-too-large`,
/// `pdf-encrypted`, `pdf-active-content`, `pdf-too-complex`. Nothing of a refused file is kept.
/// </response>
/// <response code="404">`not-found`: there is no such customer, or none that the caller may see.</response>
/// <response code="409">
/// `document-of-other-kind`: something else was asked for. `concurrent-change`: the same file is sent twice at this moment.
/// </response>
/// <response code="415">`unsupported-media-type`: the body is no form (`multipart/form-data`).</response>
internal sealed class UploadDocument(DocumentIntake intake, IOptions<FilesOptions> options, Caller caller, OrganizationClock clock)
    : EndpointWithoutRequest<Results<Created<DocumentResponse>, Ok<DocumentResponse>, Problem>>
{
    /// <summary>The form's fields. They are read one by one.</summary>
    internal sealed record Fields
    {
        /// <summary>Whose document it is; customers may leave it out.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
        public Guid? CustomerId { get; init; }

        /// <summary>What it shows.</summary>
        /// <example>PAYSLIP</example>
        public required DocumentKind Kind { get; init; }

        /// <summary>What the customer was asked for, where it is an answer.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b17</example>
        public Guid? RequestId { get; init; }

        /// <summary>The file, with its name.</summary>
        public required Stream File { get; init; }
    }

    public override void Configure()
    {
        Post("documents");
        Permissions(DocumentsPermission.DocumentsUpload);
        this.TakesForm<Fields>(UploadForm.MaximumFormBytes);
        this.TellsOfPersons<DocumentResponse>(nameof(Document), document => document.Id, document => document.CustomerId);
    }

    public override async Task<Results<Created<DocumentResponse>, Ok<DocumentResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        await using var form = new UploadForm(options.Value.Folder!, clock);
        if (await form.ReadAsync(HttpContext.Request, ct) is { } unreadable)
        {
            return unreadable;
        }
        var (upload, problem) = form.Read(caller.CustomerScope);
        if (upload is null)
        {
            return problem!;
        }
        var taken = await intake.TakeAsync(upload, form.File!.Spooled!, ct);
        if (taken.Refusal is { } refusal)
        {
            return Problem.From(refusal);
        }
        if (taken.Kept is not { } document)
        {
            return TypedResults.Ok(taken.Known!.SeenBy(caller));
        }
        HttpContext.SetETag(document.RowVersion);
        return TypedResults.Created($"/api/v1/documents/{document.Id}", document.Adapt<DocumentResponse>().SeenBy(caller));
    }
}
