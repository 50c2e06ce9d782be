using Lending.Applications.Data;
using Lending.Applications.Policies;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Contracts;

/// <summary>
/// Where the organisation says so, no offer is approved without an approved application of its customer for as much (Art. 18 of Directive (EU) 2023/2225),
/// nor accepted: it may have been withdrawn, reopened or grown old in between. As much is what was approved, and what the live policy lets an offer grow.
/// </summary>
internal sealed class OfferGuard(ApplicationsDbContext db, PolicyInForce policy) : IOfferApprovalGuard, IAcceptanceGuard
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
        var approved = await db
            .Applications.Where(application =>
                application.OfferId == offer.Id
                && application.Status == ApplicationStatus.Approved
                && (application.CustomerId == offer.CustomerId || application.SecondCustomerId == offer.CustomerId)
                && application.Currency == offer.Currency
            )
            .MaxAsync(application => application.LoanAmount, ct);
        return
            approved is { } amount
            && (amount >= offer.AmountOfCredit || (await policy.ReadAsync(ct)).Live.Covers(amount, offer.AmountOfCredit))
            ? null
            : Missing;
    }
}
