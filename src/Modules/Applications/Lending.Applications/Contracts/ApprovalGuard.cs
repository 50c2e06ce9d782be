using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Loans.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Contracts;

/// <summary>
/// Where the organisation says so, no offer is approved without an approved application of its customer for as much (Art. 18 of Directive (EU) 2023/2225).
/// </summary>
internal sealed class ApprovalGuard(ApplicationsDbContext db, IOfferedCredits credits) : IOfferApprovalGuard
{
    private static readonly OfferObjection Missing = new(
        "application-missing",
        "The organisation approves offers only where an application of the customer for as much is approved, and there is none."
    );

    public async Task<OfferObjection?> ObjectionAsync(Guid organizationId, Guid offerId, CancellationToken cancellationToken)
    {
        if (!await db.OfferRules.AnyAsync(rule => rule.NeedsApprovedApplication, cancellationToken))
        {
            return null;
        }
        // It may have been approved for an offer that has changed since, or name the offer of somebody else.
        var isApproved =
            await credits.FindAsync(offerId, cancellationToken) is { } credit
            && await db.Applications.AnyAsync(
                application =>
                    application.OfferId == offerId
                    && application.Status == ApplicationStatus.Approved
                    && (application.CustomerId == credit.CustomerId || application.SecondCustomerId == credit.CustomerId)
                    && application.Currency == credit.Currency
                    && application.LoanAmount >= credit.AmountOfCredit,
                cancellationToken
            );
        return isApproved ? null : Missing;
    }
}
