using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Versions;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Lending.Loans.Documents;

/// <summary>
/// The document of a loan offer as a PDF file, in English or German: parties, terms, costs, rights, acceptance and schedule. Customers get their own.
/// </summary>
/// <response code="200">The file, in the language that `Content-Language` names.</response>
/// <response code="304">The client has it already: `If-None-Match` names its entity tag.</response>
internal sealed class GetDocument(VersionReader versions) : Endpoint<GetDocument.Request, Results<PushStreamHttpResult, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The number of an earlier version of the offer; left out, the present one.</summary>
        public int? Version { get; init; }

        /// <summary>The languages that the reader likes, as browsers send them: en (also where none is had) or de.</summary>
        [FromHeader("Accept-Language", isRequired: false)]
        public string? AcceptLanguage { get; init; }
    }

    public override void Configure()
    {
        Get("loan-offers/{id:guid}/document");
        Permissions(LoansPermission.OffersRead);
        Description(route => route.Produces<Stream>(StatusCodes.Status200OK, "application/pdf").Produces(StatusCodes.Status304NotModified));
        this.TellsOfPersons(nameof(LoanOffer));
    }

    public override async Task<Results<PushStreamHttpResult, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (await versions.FindAsync(Route<Guid>("id"), request.Version, ct) is not { } version)
        {
            return Problem.NotFound;
        }
        var offer = OfferDocumentModel.Of(version);
        var wording = Wording.For(request.AcceptLanguage);
        var headers = HttpContext.Response.Headers;
        headers.ContentLanguage = wording.Language;
        headers.Vary = HeaderNames.AcceptLanguage;
        headers.ContentDisposition = $"inline; filename=\"loan-offer-{offer.OfferId}-v{offer.Version}-{wording.Language}.pdf\"";
        // Written only where the client does not have it.
        return TypedResults.Stream(
            body =>
            {
                var pdf = OfferDocument.Render(offer, wording);
                HttpContext.Response.ContentLength = pdf.Length;
                return body.WriteAsync(pdf, ct).AsTask();
            },
            "application/pdf",
            entityTag: new EntityTagHeaderValue($"\"{offer.Hash}-{wording.Language}\"")
        );
    }
}
