using Lending.Applications.Data;
using Lending.Applications.Policies;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Contracts;

/// <summary>
/// Where the organisation says so, no offer is approved without an approved application of its customer for as much (Art. 18 of Directive (EU) 2023/2225),
/// nor accepted: it may have been withdrawn, reopened or grown old in between. As much, in all and in a month, is what was approved, and what the live policy lets an
/// offer grow.
/// </summary>
internal sealed class OfferGuard(ApplicationsDbContext db, ApprovedLoans loans, PolicyInForce policy)
    : IOfferApprovalGuard,
        IAcceptanceGuard
{
    private static readonly Error Missing = Error.Conflict(
        "application-missing",
        "The organisation's offers are approved and accepted only where an application of the customer for as much is approved, and there is none."
    );

    private static readonly Error SecondApplicantNotLiable = Error.Conflict(
        "second-applicant-not-liable",
        "The application was approved with the income of a second applicant. The loan is owed by the offer's customer alone, with whose income it would not have been."
    );

    public async Task<Error?> FindObstacleAsync(GuardedOffer offer, CancellationToken ct)
    {
        if (!await db.OfferRules.AnyAsync(rule => rule.NeedsApprovedApplication, ct))
        {
            return null;
        }
        var live = (await policy.ReadAsync(ct)).Live;
        // It may have been approved for an offer that has changed since, or name the offer of somebody else.
        var covering = (await loans.ReadAsync(offer.Id, ct))
            .Where(loan =>
                loan.Application.CustomerIds.Contains(offer.CustomerId)
                && loan.Application.Currency == offer.Currency
                && loan.Covers(offer, live)
            )
            .ToList();
        return covering.Count == 0 ? Missing
            : covering.Exists(loan => loan.IsCarriedBy(offer.CustomerId)) ? null
            : SecondApplicantNotLiable;
    }
}
