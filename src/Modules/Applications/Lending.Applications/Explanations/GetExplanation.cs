using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Applications.CreditApplications;
using Lending.Applications.Wordings;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Lending.Applications.Explanations;

/// <summary>
/// Explains the last decision on an application: procedure, figures, reasons, what would have changed the result, the credit bureau's answer about the reader,
/// and rights. Staff read what the first applicant does.
/// </summary>
/// <response code="409">`application-not-decided`: nobody has decided on it yet.</response>
internal sealed class GetExplanation(ExplanationReader reader) : Endpoint<GetExplanation.Request, Results<Ok<Explanation>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The languages that the reader likes, as browsers send them: en (also where none is had) or de.</summary>
        [FromHeader("Accept-Language", isRequired: false)]
        public string? AcceptLanguage { get; init; }
    }

    public override void Configure()
    {
        Get("applications/{id:guid}/explanation");
        Permissions(ApplicationsPermission.Read);
        this.TellsOfPersons(nameof(CreditApplication));
    }

    public override async Task<Results<Ok<Explanation>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var wording = Wording.For(request.AcceptLanguage);
        var (explanation, error) = await reader.ReadAsync(Route<Guid>("id"), wording, ct);
        if (explanation is null)
        {
            return Problem.From(error!);
        }
        HttpContext.Response.Headers.ContentLanguage = wording.Language;
        HttpContext.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        return TypedResults.Ok(explanation);
    }
}
