using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers;

/// <summary>Approves a pending loan offer.</summary>
/// <response code="409">`offer-not-pending`: it was decided on already. `concurrent-change`: somebody changed it at the same time.</response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class ApproveOffer(LoansDbContext db, Caller caller, TimeProvider clock)
    : Endpoint<Decision, Results<Ok<OfferResponse>, Problem>>
{
    public override void Configure()
    {
        Post("loan-offers/{id:guid}/approve");
        Permissions(Permission.OffersDecide);
        Description(route => route.Accepts<Decision>(isOptional: true, System.Net.Mime.MediaTypeNames.Application.Json));
    }

    public override async Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(Decision request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.Offers.SingleOrDefaultAsync(offer => offer.Id == id, ct) is not { } offer)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(offer.Version))
        {
            return Problem.PreconditionFailed;
        }
        if (offer.Approve(caller.Reference, request.Comment, clock.GetStorableNow()) is { } error)
        {
            return Problem.From(error);
        }
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(offer.Version);
        return TypedResults.Ok(OfferResponse.From(offer));
    }
}
