using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers;

/// <summary>
/// Records that the loan of an accepted offer was paid out: after the withdrawal period, or before where the organisation's setting
/// `allowPayoutBeforeWithdrawalEnds` permits it.
/// </summary>
/// <response code="403">
/// `forbidden`: not with this role. `third-person-required`: not who made the offer, last changed its terms or approved it.
/// </response>
/// <response code="409">
/// `offer-not-accepted`: only an accepted one can be disbursed, once. `withdrawal-period-open`: the customer can still withdraw. `offer-version-outdated`: version or hash are not those that the offer has now.
/// `concurrent-change`: somebody changed it at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class DisburseOffer(
    OfferSteps steps,
    LoansDbContext db,
    IOrganizationDirectory organizations,
    Caller caller,
    OrganizationClock clock
) : Endpoint<DecisionOnVersion, Results<Ok<OfferResponse>, Problem>>
{
    public override void Configure()
    {
        Post("loan-offers/{id:guid}/disburse");
        Permissions(LoansPermission.OffersDisburse);
        this.NeedsStepUp();
    }

    public override Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(DecisionOnVersion request, CancellationToken ct) =>
        steps.MoveAsync(
            HttpContext,
            Route<Guid>("id"),
            async offer =>
            {
                var organization = await organizations.ReadAsync(caller.OrganizationId, ct);
                var approvedBy = await db
                    .OfferTransitions.Where(transition => transition.Offer.Id == offer.Id && transition.To == OfferStatus.Approved)
                    .Select(transition => transition.By.Id)
                    .SingleOrDefaultAsync(ct);
                return offer.FindObstacleToDisburse(organization.ApproverOf(offer.LoanAmount), approvedBy, caller.UserId)
                    ?? offer.FindDifference(request.Version!.Value, request.DocumentHash!)
                    ?? offer.Disburse(
                        caller.Reference,
                        request.Comment,
                        organization.TimeZone,
                        organization.AllowPayoutBeforeWithdrawalEnds,
                        clock.GetStorableNow()
                    );
            },
            ct
        );
}
