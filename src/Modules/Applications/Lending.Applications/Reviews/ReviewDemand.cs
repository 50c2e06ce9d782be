using Lending.Applications.Contracts;
using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Reviews;

/// <summary>A customer demands that a person looks at a refusal.</summary>
internal sealed class ReviewDemand(ApplicationsDbContext db, Caller caller, OrganizationClock clock)
{
    /// <summary>Has it looked at, or tells why not. To be asked while the application is locked.</summary>
    public async Task<Error?> DemandAsync(CreditApplication application, string? comment, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        if (application.Move(ApplicationStatus.ReviewRequested, caller.Reference, comment, now) is { } error)
        {
            return error;
        }
        var decisionId = await db
            .Decisions.Where(decision => decision.ApplicationId == application.Id)
            .OrderByDescending(decision => decision.Id)
            .Select(decision => decision.Id)
            .FirstAsync(ct);
        if (await db.Reviews.AnyAsync(review => review.DecisionId == decisionId && review.CompletedAt != null, ct))
        {
            return ApplicationErrors.Reviewed;
        }
        db.Publish(
            new ReviewRequested
            {
                ApplicationId = application.Id,
                OrganizationId = caller.OrganizationId,
                CustomerId = application.CustomerId,
                At = now,
                By = caller.UserId,
            }
        );
        return null;
    }
}
