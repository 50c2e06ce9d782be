using Lending.Applications.Assessments;
using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Documents.Contracts;
using Lending.Platform.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Contracts;

/// <summary>Goes on with applications that waited for somebody to approve a document that they name. Told twice, it decides once.</summary>
internal sealed class ApprovedDocuments(ApplicationsDbContext db, ApplicationAssessment assessment) : IEventHandler<DocumentApproved>
{
    public async Task HandleAsync(DocumentApproved happened, Guid messageId, CancellationToken ct)
    {
        var waiting = await db
            .Applications.AsNoTracking()
            // Also those that are found to wait just now, and those whose decision was broken off. The assessment locks them one after the other, and decides once.
            .Where(application =>
                (
                    application.Status == ApplicationStatus.Submitted
                    || application.Status == ApplicationStatus.Collecting
                    || application.Status == ApplicationStatus.Assessing
                ) && (application.CustomerId == happened.CustomerId || application.SecondCustomerId == happened.CustomerId)
            )
            .OrderBy(application => application.Id)
            .ToListAsync(ct);
        foreach (var application in waiting)
        {
            if (Evidence.DocumentsIn(application.ReadContent().Details).Any(named => named.DocumentId == happened.DocumentId))
            {
                await assessment.RunAsync(application.Id, ct);
            }
        }
    }
}
