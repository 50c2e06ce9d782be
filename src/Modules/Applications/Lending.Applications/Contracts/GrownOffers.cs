using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Applications.Policies;
using Lending.Loans.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Contracts;

/// <summary>
/// Opens an approved application again when its offer grows by more than the live policy lets it (Art. 18 of Directive (EU) 2023/2225): what was assessed was another loan.
/// </summary>
internal sealed class GrownOffers(
    ApplicationsDbContext db,
    ApplicationSteps steps,
    PolicyInForce policy,
    Caller caller,
    OrganizationClock clock
) : IChangedOffers
{
    public async Task FollowAsync(GuardedOffer offer, CancellationToken ct)
    {
        var approved = await db
            .Applications.Where(application =>
                application.OfferId == offer.Id
                && application.Status == ApplicationStatus.Approved
                && application.LoanAmount < offer.AmountOfCredit
            )
            .OrderBy(application => application.Id)
            .Select(application => application.Id)
            .ToListAsync(ct);
        if (approved.Count == 0)
        {
            return;
        }
        var (live, _) = await policy.ReadAsync(ct);
        foreach (var id in approved)
        {
            if (await steps.LockAsync(id, ct) is not { LoanAmount: { } amount } application || live.Covers(amount, offer.AmountOfCredit))
            {
                continue;
            }
            var before = application.Status;
            // One that was moved meanwhile is left as it is.
            if (application.Move(ApplicationStatus.Reassessing, caller.Reference, comment: null, clock.GetStorableNow()) is null)
            {
                await steps.SaveAsync(application, before, ct);
            }
        }
    }
}
