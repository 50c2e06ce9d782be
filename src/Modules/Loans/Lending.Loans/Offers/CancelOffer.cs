using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Offers;

/// <summary>Takes a loan offer back that is pending or approved: before the customer accepts it.</summary>
/// <response code="409">
/// `offer-not-open`: it is neither pending nor approved any more. `concurrent-change`: somebody changed it at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class CancelOffer(OfferSteps steps, Caller caller, OrganizationClock clock)
    : Endpoint<Decision, Results<Ok<OfferResponse>, Problem>>
{
    public override void Configure()
    {
        Post("loan-offers/{id:guid}/cancel");
        Permissions(LoansPermission.OffersWrite);
        Description(route => route.BodyMayBeLeftOut<Decision>());
    }

    public override Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(Decision request, CancellationToken ct) =>
        steps.MoveAsync(
            HttpContext,
            Route<Guid>("id"),
            offer => offer.Cancel(caller.Reference, request.Comment, clock.GetStorableNow()),
            ct
        );
}
