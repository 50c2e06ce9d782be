using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Loans.Contracts;
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
/// <response code="409">`offer-not-pending`: it was decided on already. `concurrent-change`: somebody changed it at the same time.</response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class ApproveOffer(OfferSteps steps, IOrganizationDirectory organizations, Caller caller, TimeProvider clock)
    : Endpoint<Decision, Results<Ok<OfferResponse>, Problem>>
{
    public override void Configure()
    {
        Post("loan-offers/{id:guid}/approve");
        Permissions(LoansPermission.OffersDecide);
        Description(route => route.BodyMayBeLeftOut<Decision>());
    }

    public override async Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(Decision request, CancellationToken ct)
    {
        var organization = await organizations.GetAsync(caller.OrganizationId, ct);
        return await steps.MoveAsync(
            HttpContext,
            Route<Guid>("id"),
            offer =>
                offer.FindObstacleToApprove(
                    organization.ApproverOf(offer.LoanAmount),
                    caller.UserId,
                    caller.May(LoansPermission.OffersUnderwrite)
                ) ?? offer.Approve(caller.Reference, request.Comment, organization.TimeZone, clock.GetStorableNow()),
            ct
        );
    }
}
