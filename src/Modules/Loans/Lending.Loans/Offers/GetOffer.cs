using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Loans.Data;
using Lending.Loans.Offers.Versions;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers;

/// <summary>Reads a loan offer. Customers read their own.</summary>
internal sealed class GetOffer(LoansDbContext db, SeenMarks marks) : EndpointWithoutRequest<Results<Ok<OfferResponse>, Problem>>
{
    public override void Configure()
    {
        Get("loan-offers/{id:guid}");
        Permissions(Permission.OffersRead);
    }

    public override async Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var offer = await marks.ShowAsync(
            () => db.Offers.Where(row => row.Id == id).Select(OfferResponse.Projection).SingleOrDefaultAsync(ct),
            row => row.Shown,
            ct
        );
        if (offer is null)
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(offer.RowVersion);
        return TypedResults.Ok(offer.WithDocumentHash());
    }
}
