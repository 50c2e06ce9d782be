using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers;

/// <summary>Reads a loan offer. Customers read their own.</summary>
internal sealed class GetOffer(LoansDbContext db) : EndpointWithoutRequest<Results<Ok<OfferResponse>, Problem>>
{
    public override void Configure()
    {
        Get("loan-offers/{id:guid}");
        Permissions(Permission.OffersRead);
    }

    public override async Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.Offers.Where(offer => offer.Id == id).Select(OfferResponse.Projection).SingleOrDefaultAsync(ct) is not { } offer)
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(offer.Version);
        return TypedResults.Ok(offer);
    }
}
