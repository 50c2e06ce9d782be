using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Offers;

/// <summary>Records that the loan of an accepted offer was paid out. The customer can no longer withdraw then.</summary>
/// <response code="409">
/// `offer-not-accepted`: only an accepted one can be disbursed, once. `concurrent-change`: somebody changed it at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class DisburseOffer(OfferSteps steps, Caller caller, TimeProvider clock)
    : Endpoint<Decision, Results<Ok<OfferResponse>, Problem>>
{
    public override void Configure()
    {
        Post("loan-offers/{id:guid}/disburse");
        Permissions(LoansPermission.OffersDecide);
        Description(route => route.BodyMayBeLeftOut<Decision>());
    }

    public override Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(Decision request, CancellationToken ct) =>
        steps.MoveAsync(
            HttpContext,
            Route<Guid>("id"),
            offer => offer.Disburse(caller.Reference, request.Comment, clock.GetStorableNow()),
            ct
        );
}
