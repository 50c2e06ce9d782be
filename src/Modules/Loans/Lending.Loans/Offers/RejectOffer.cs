using FastEndpoints;
using FluentValidation;
using Lending.Identity.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers;

/// <summary>Rejects a pending loan offer, for good.</summary>
/// <response code="409">`offer-not-pending`: it was decided on already. `concurrent-change`: somebody changed it at the same time.</response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class RejectOffer(LoansDbContext db, Caller caller, TimeProvider clock)
    : Endpoint<RejectOffer.Request, Results<Ok<OfferResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>Why there will be no loan; at most 1000 characters.</summary>
        /// <example>The roof does not bear the panels.</example>
        public string? Comment { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Comment).NotEmpty().MaximumLength(OfferTransition.MaximumCommentLength);
    }

    public override void Configure()
    {
        Post("loan-offers/{id:guid}/reject");
        Permissions(Permission.OffersDecide);
    }

    public override async Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
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
        if (offer.Reject(caller.Reference, request.Comment, clock.GetStorableNow()) is { } error)
        {
            return Problem.From(error);
        }
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(offer.Version);
        return TypedResults.Ok(OfferResponse.From(offer));
    }
}
