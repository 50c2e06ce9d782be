using Lending.Applications.CreditApplications;
using Lending.Applications.Policies;
using Lending.Loans.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;

namespace Lending.Applications.Contracts;

/// <summary>
/// Opens an approved application again when its offer grows, in all or in a month, by more than the live policy lets it (Art. 18 of Directive (EU) 2023/2225): what was
/// assessed was another loan.
/// </summary>
internal sealed class GrownOffers(ApprovedLoans loans, ApplicationSteps steps, PolicyInForce policy, Caller caller, OrganizationClock clock)
    : IChangedOffers
{
    public async Task FollowAsync(GuardedOffer offer, CancellationToken ct)
    {
        var approved = await loans.ReadAsync(offer.Id, ct);
        if (approved.Count == 0)
        {
            return;
        }
        var (live, _) = await policy.ReadAsync(ct);
        foreach (var grown in approved.Where(loan => !loan.Covers(offer, live)))
        {
            if (await steps.LockAsync(grown.Application.Id, ct) is not { } application)
            {
                continue;
            }
            var before = application.Status;
            // One that was moved meanwhile is left as it is; one that was approved anew meanwhile is opened once more.
            if (application.Move(ApplicationStatus.Reassessing, caller.Reference, comment: null, clock.GetStorableNow()) is null)
            {
                await steps.SaveAsync(application, before, ct);
            }
        }
    }
}
