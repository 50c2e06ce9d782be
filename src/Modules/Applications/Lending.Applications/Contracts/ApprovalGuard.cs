using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Loans.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Contracts;

/// <summary>Where the organisation says so, no offer is approved without an approved application (Art. 18 of Directive (EU) 2023/2225).</summary>
internal sealed class ApprovalGuard(ApplicationsDbContext db) : IOfferApprovalGuard
{
    private static readonly OfferObjection Missing = new(
        "application-missing",
        "The organisation approves offers only where an application for them is approved, and there is none."
    );

    public async Task<OfferObjection?> ObjectionAsync(Guid organizationId, Guid offerId, CancellationToken cancellationToken)
    {
        if (!await db.OfferRules.AnyAsync(rule => rule.NeedsApprovedApplication, cancellationToken))
        {
            return null;
        }
        var isApproved = await db.Applications.AnyAsync(
            application => application.OfferId == offerId && application.Status == ApplicationStatus.Approved,
            cancellationToken
        );
        return isApproved ? null : Missing;
    }
}
