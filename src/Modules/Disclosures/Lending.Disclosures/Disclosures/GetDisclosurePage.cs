using FastEndpoints;
using Lending.Disclosures.Contracts;
using Lending.Disclosures.Data;
using Lending.Disclosures.Form;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Disclosures.Disclosures;

/// <summary>
/// The pre-contractual information that a customer was given, as a page without scripts that is read on small screens, too. Customers get what they were
/// given themselves.
/// </summary>
/// <response code="200">The page.</response>
internal sealed class GetDisclosurePage(DisclosuresDbContext db) : EndpointWithoutRequest<Results<ContentHttpResult, Problem>>
{
    public override void Configure()
    {
        Get("disclosures/{id:guid}/page");
        Permissions(DisclosuresPermission.Read);
        Description(route => route.Produces<string>(StatusCodes.Status200OK, "text/html"));
        this.ServesFormPage();
        this.TellsOfPersons(nameof(Disclosure));
    }

    public override async Task<Results<ContentHttpResult, Problem>> ExecuteAsync(CancellationToken ct)
    {
        if (await db.FindDisclosureAsync(Route<Guid>("id"), ct) is not { } disclosure)
        {
            return Problem.NotFound;
        }
        HttpContext.Response.Headers.ContentLanguage = disclosure.Language;
        return TypedResults.Text(FormHtml.Render(disclosure.ReadForm(), disclosure.FormHashText), "text/html; charset=utf-8");
    }
}
