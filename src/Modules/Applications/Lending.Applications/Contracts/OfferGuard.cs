using Lending.Applications.Data;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Contracts;

/// <summary>
/// Where the organisation says so, no offer is approved without an approved application of its customer for as much (Art. 18 of Directive (EU) 2023/2225),
/// nor accepted: it may have been withdrawn, reopened or grown old in between.
/// </summary>
internal sealed class OfferGuard(ApplicationsDbContext db) : IOfferApprovalGuard, IAcceptanceGuard
{
    private static readonly Error Missing = Error.Conflict(
        "application-missing",
        "The organisation's offers are approved and accepted only where an application of the customer for as much is approved, and there is none."
    );

    public async Task<Error?> FindObstacleAsync(GuardedOffer offer, CancellationToken ct)
    {
        if (!await db.OfferRules.AnyAsync(rule => rule.NeedsApprovedApplication, ct))
        {
            return null;
        }
        // It may have been approved for an offer that has changed since, or name the offer of somebody else.
        var isApproved = await db.Applications.AnyAsync(
            application =>
                application.OfferId == offer.Id
                && application.Status == ApplicationStatus.Approved
                && (application.CustomerId == offer.CustomerId || application.SecondCustomerId == offer.CustomerId)
                && application.Currency == offer.Currency
                && application.LoanAmount >= offer.AmountOfCredit,
            ct
        );
        return isApproved ? null : Missing;
    }
}
