using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Loans.Offers.Versions;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Offers;

/// <summary>Reads a loan offer. Customers read their own.</summary>
internal sealed class GetOffer(OrganizationSql sql, ReadBatches<LoansModule> batches, SeenMarks marks)
    : EndpointWithoutRequest<Results<Ok<OfferResponse>, Problem>>
{
    public override void Configure()
    {
        Get("loan-offers/{id:guid}");
        Permissions(LoansPermission.OffersRead);
        this.TellsOfPersons<OfferResponse>(nameof(LoanOffer), offer => offer.Id, offer => offer.CustomerId);
    }

    public override async Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        FormattableString statement = $"""
            SELECT {OfferRow.ColumnsWithDocumentHash} FROM loans.offers
            WHERE {sql.OfCaller($"customer_id")} AND id = {id}
            """;
        if (
            await marks.ShowAsync(() => sql.ReadTogetherAsync(batches, statement, OfferRow.ReadWithDocumentHash, ct), row => row.Shown, ct)
            is not [var offer]
        )
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(offer.RowVersion);
        return TypedResults.Ok(offer);
    }
}
