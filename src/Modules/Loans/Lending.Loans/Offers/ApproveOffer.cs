using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Loans.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Offers;

/// <summary>Approves a pending loan offer. The organisation's tiers decide who may, by the amount.</summary>
/// <response code="403">
/// `forbidden`: not with this role. `second-person-required`: not who made the offer or last changed its terms.
/// `underwriter-required`: only an underwriter.
/// </response>
/// <response code="409">
/// `offer-not-pending`: it was decided on already. `offer-version-outdated`: version or hash are not those that the offer has now.
/// `concurrent-change`: somebody changed it at the same time. Or what another module objects, by its own code.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class ApproveOffer(
    OfferSteps steps,
    OfferGuards guards,
    IOrganizationDirectory organizations,
    Caller caller,
    OrganizationClock clock
) : Endpoint<DecisionOnVersion, Results<Ok<OfferResponse>, Problem>>
{
    public override void Configure()
    {
        Post("loan-offers/{id:guid}/approve");
        Permissions(LoansPermission.OffersDecide);
        this.NeedsStepUp();
    }

    public override Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(DecisionOnVersion request, CancellationToken ct) =>
        steps.MoveAsync(
            HttpContext,
            Route<Guid>("id"),
            async offer =>
            {
                var organization = await organizations.ReadAsync(caller.OrganizationId, ct);
                return offer.FindObstacleToApprove(
                        organization.ApproverOf(offer.LoanAmount),
                        caller.UserId,
                        caller.May(LoansPermission.OffersUnderwrite)
                    )
                    ?? offer.FindDifference(request.Version!.Value, request.DocumentHash!)
                    ?? offer.Approve(caller.Reference, request.Comment, organization.TimeZone, clock.GetStorableNow())
                    ?? await guards.FindObstacleToApprovalAsync(offer, ct);
            },
            ct
        );
}
