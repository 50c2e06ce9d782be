using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Applications.Risk;
using Lending.Kernel;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Contracts;

/// <summary>What a customer applied for, what was decided on it, and what credit bureaus answered about them.</summary>
internal sealed class ApplicationRecords(ApplicationsDbContext db, Caller caller) : ICustomerRecords
{
    public string Name => "applications";

    public async Task<object?> ReadAsync(Guid customerId, CancellationToken ct)
    {
        var applications = await db
            .Applications.AsNoTracking()
            .Include(application => application.History)
            .Where(application => application.CustomerId == customerId || application.SecondCustomerId == customerId)
            .OrderBy(application => application.CreatedAt)
            .ToListAsync(ct);
        if (applications.Count == 0)
        {
            return null;
        }

        var ids = applications.ConvertAll(application => application.Id);
        var decisions = await db
            .Decisions.AsNoTracking()
            .Where(row => ids.Contains(row.ApplicationId))
            .OrderBy(row => row.Id)
            .ToListAsync(ct);
        var reviews = await db.Reviews.AsNoTracking().Where(row => ids.Contains(row.ApplicationId)).OrderBy(row => row.Id).ToListAsync(ct);
        // Of two applicants, each has their own answers.
        var inquiries = await db
            .ScoreInquiries.AsNoTracking()
            .Where(row => row.CustomerId == customerId)
            .OrderBy(row => row.Id)
            .ToListAsync(ct);
        var risks = await db
            .RiskAssessments.AsNoTracking()
            .Where(row => ids.Contains(row.ApplicationId))
            .ToDictionaryAsync(row => row.ApplicationId, ct);
        return applications.ConvertAll(application => new
        {
            application.Id,
            application.Status,
            application.CreatedAt,
            application.SubmittedAt,
            application.DecidedAt,
            application.Currency,
            Content = application.ReadContent(),
            History = application
                .History.OrderBy(step => step.Id)
                .Select(step => new
                {
                    step.From,
                    step.To,
                    step.At,
                    Comment = step.Comment is { } comment && MayRead(step.By.Id) ? comment.Text : null,
                })
                .ToList(),
            Decisions = decisions
                .Where(row => row.ApplicationId == application.Id)
                .Select(row => new
                {
                    row.CreatedAt,
                    row.Outcome,
                    Decision = MayReadAll(application) ? row.Read() : null,
                })
                .ToList(),
            Reviews = reviews
                .Where(row => row.ApplicationId == application.Id)
                .Select(row => new
                {
                    row.CreatedAt,
                    row.Result,
                    Comment = MayRead(row.DecidedBy.Id) ? row.Comment.Text : null,
                    row.Conditions,
                    row.Reasons,
                })
                .ToList(),
            Risk = risks.TryGetValue(application.Id, out var risk) && MayReadRisk(application) ? RiskOf(risk) : null,
            BureauInquiries = inquiries
                .Where(row => row.ApplicationId == application.Id)
                .Select(row => new
                {
                    row.CreatedAt,
                    row.Purpose,
                    row.LegalBasis,
                    row.Outcome,
                    row.Class,
                    Answer = row.RawAnswer?.Text,
                })
                .ToList(),
        });
    }

    // What was observed and what came of it; how it is weighed would teach how to get past it.
    private static object RiskOf(RiskAssessment risk)
    {
        var stored = risk.Read();
        return new
        {
            risk.CreatedAt,
            risk.Score,
            risk.Level,
            stored.Form,
            stored.Address,
            stored.UserAgent,
        };
    }

    // What staff say among themselves the customer is not told, here no more than elsewhere.
    private bool MayRead(Guid writtenBy) => caller.CustomerScope is null || writtenBy == caller.UserId;

    // Of two applicants, the browser and the form are those of who submitted it.
    private bool MayReadRisk(CreditApplication application) =>
        MayReadAll(application) || application.History.Any(step => step.To == ApplicationStatus.Submitted && MayRead(step.By.Id));

    // Of two applicants, neither is told what a bureau answered about the other.
    private bool MayReadAll(CreditApplication application) => caller.CustomerScope is null || application.SecondCustomerId is null;
}
