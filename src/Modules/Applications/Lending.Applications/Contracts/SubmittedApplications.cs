using Lending.Applications.Assessments;
using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Loans.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Contracts;

/// <summary>Decides on applications as soon as they are submitted. Told twice, it decides once.</summary>
internal sealed class SubmittedApplications(ApplicationsDbContext db, ApplicationAssessment assessment)
    : IEventHandler<ApplicationSubmitted>
{
    public async Task HandleAsync(ApplicationSubmitted happened, Guid messageId, CancellationToken ct)
    {
        // What cannot be decided on stays submitted, where people see it and are told why when they try.
        if (
            await db.Applications.AnyAsync(
                application =>
                    application.Id == happened.ApplicationId
                    && (application.Status == ApplicationStatus.Submitted || application.Status == ApplicationStatus.Assessing),
                ct
            )
        )
        {
            await assessment.RunAsync(happened.ApplicationId, ct);
        }
    }
}

/// <summary>An application whose offer was accepted has become a contract. Told twice, it becomes one once.</summary>
internal sealed class AcceptedApplications(
    ApplicationsDbContext db,
    ApplicationSteps steps,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : IEventHandler<LoanOfferAccepted>
{
    public async Task HandleAsync(LoanOfferAccepted happened, Guid messageId, CancellationToken ct)
    {
        var ids = await db
            .Applications.Where(application =>
                application.OfferId == happened.OfferId
                && application.Status == ApplicationStatus.Approved
                && (application.CustomerId == happened.CustomerId || application.SecondCustomerId == happened.CustomerId)
            )
            .OrderBy(application => application.Id)
            .Select(application => application.Id)
            .ToListAsync(ct);
        await using var transaction = await transactions.BeginAsync(ct);
        foreach (var id in ids)
        {
            // One that was moved meanwhile is left as it is.
            (await steps.LockAsync(id, ct))?.Move(ApplicationStatus.Contracted, caller.Reference, comment: null, clock.GetStorableNow());
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
