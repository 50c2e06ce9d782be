using FastEndpoints;
using Lending.Disclosures.Contracts;
using Lending.Disclosures.Data;
using Lending.Disclosures.Form;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Disclosures.Disclosures;

/// <summary>The pre-contractual information that a customer was given, as a PDF file. Customers get what they were given themselves.</summary>
/// <response code="200">The file.</response>
internal sealed class GetDisclosureDocument(DisclosuresDbContext db) : EndpointWithoutRequest<Results<FileContentHttpResult, Problem>>
{
    public override void Configure()
    {
        Get("disclosures/{id:guid}/document");
        Permissions(DisclosuresPermission.Read);
        Description(route => route.Produces<Stream>(StatusCodes.Status200OK, "application/pdf"));
        this.TellsOfPersons(nameof(Disclosure));
    }

    public override async Task<Results<FileContentHttpResult, Problem>> ExecuteAsync(CancellationToken ct)
    {
        if (await db.FindDisclosureAsync(Route<Guid>("id"), ct) is not { } disclosure)
        {
            return Problem.NotFound;
        }
        var headers = HttpContext.Response.Headers;
        headers.ContentLanguage = disclosure.Language;
        headers.ContentDisposition = $"inline; filename=\"{FileName.Of(disclosure)}\"";
        return TypedResults.Bytes(FormPdf.Render(disclosure.ReadForm(), disclosure.FormHashText), "application/pdf");
    }
}
