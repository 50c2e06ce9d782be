using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers;

/// <summary>Deletes a pending loan offer that its customer has not seen, with its history and comments.</summary>
/// <response code="409">
/// `offer-not-pending`: it was decided on already. `offer-seen`: the customer has seen it; cancel it instead. `concurrent-change`: somebody changed
/// it at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class DeleteOffer(LoansDbContext db) : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("loan-offers/{id:guid}");
        Permissions(LoansPermission.OffersWrite);
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.Offers.SingleOrDefaultAsync(offer => offer.Id == id, ct) is not { } offer)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(offer.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        if (offer.ObstacleToChange is { } obstacle)
        {
            return Problem.From(obstacle);
        }
        db.Offers.Remove(offer);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
