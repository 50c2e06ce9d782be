using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Documents.Contracts;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Contracts;

/// <summary>Tells who decides that all documents are approved that a conditional approval asked for. Told twice, it tells once.</summary>
internal sealed class MetConditions(
    ApplicationsDbContext db,
    ApplicationSteps steps,
    ApplicationMessages messages,
    IDocumentRequests requests,
    Transactions transactions
) : IEventHandler<DocumentApproved>
{
    public async Task HandleAsync(DocumentApproved happened, Guid messageId, CancellationToken ct)
    {
        var ids = await db
            .Applications.Where(application =>
                application.Status == ApplicationStatus.Conditional && application.CustomerId == happened.CustomerId
            )
            .OrderBy(application => application.Id)
            .Select(application => application.Id)
            .ToListAsync(ct);
        if (ids.Count == 0)
        {
            return;
        }
        await using var transaction = await transactions.BeginAsync(ct);
        foreach (var id in ids)
        {
            // One that was moved meanwhile is left as it is.
            if (await steps.LockAsync(id, ct) is { Status: ApplicationStatus.Conditional } application)
            {
                await TellAsync(application, ct);
            }
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task TellAsync(CreditApplication application, CancellationToken ct)
    {
        var review = await db
            .Reviews.Where(row => row.ApplicationId == application.Id && row.OpenRequestIds != null)
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(ct);
        if (review is not null && await requests.AreApprovedAsync(review.OpenRequestIds!, ct))
        {
            review.EndWait();
            await messages.SendConditionsMetAsync(application, ct);
        }
    }
}
