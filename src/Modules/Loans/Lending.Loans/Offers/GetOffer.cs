using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Loans.Offers.Versions;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Offers;

/// <summary>Reads a loan offer. Customers read their own.</summary>
internal sealed class GetOffer(Rows<LoansDbContext> rows, SeenMarks marks) : EndpointWithoutRequest<Results<Ok<OfferResponse>, Problem>>
{
    private static readonly RowByKey<LoansDbContext, LoanOffer, OfferResponse> Offers = new(OfferResponse.Projection);

    public override void Configure()
    {
        Get("loan-offers/{id:guid}");
        Permissions(LoansPermission.OffersRead);
    }

    public override async Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await marks.ShowAsync(() => Offers.FindAsync(rows, id, ct), row => row.Shown, ct) is not { } offer)
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(offer.RowVersion);
        return TypedResults.Ok(offer);
    }
}
