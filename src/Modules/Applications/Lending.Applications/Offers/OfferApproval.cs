using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Offers;

/// <summary>Whether an offer may be approved (Art. 18 of Directive (EU) 2023/2225): where the organisation says so, only with an approved application.</summary>
internal sealed class OfferApproval(ApplicationsDbContext db)
{
    /// <summary>Why the offer may not be approved.</summary>
    public static readonly Error Missing = Error.Conflict(
        "application-missing",
        "The organisation approves offers only where an application for them is approved, and there is none."
    );

    /// <summary>Why this organisation's offer may not be approved, or null. Called in a scope of the organisation.</summary>
    public async Task<Error?> FindObstacleAsync(Guid organizationId, Guid offerId, CancellationToken ct)
    {
        if (!await db.OfferRules.AnyAsync(rule => rule.OrganizationId == organizationId && rule.NeedsApprovedApplication, ct))
        {
            return null;
        }
        var isApproved = await db.Applications.AnyAsync(
            application =>
                application.OrganizationId == organizationId
                && application.OfferId == offerId
                && application.Status == ApplicationStatus.Approved,
            ct
        );
        return isApproved ? null : Missing;
    }
}
