using Lending.Applications.Assessments;
using Lending.Applications.Contracts;
using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Applications.Scoring;
using Lending.Applications.Wordings;
using Lending.Documents.Contracts;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Reviews;

/// <summary>What a person's decision entails, while the application is locked.</summary>
internal sealed class ReviewDecision(
    ApplicationsDbContext db,
    RefusalMail mail,
    ApplicationMessages messages,
    IDocumentRequests requests,
    Caller caller,
    OrganizationClock clock
)
{
    /// <summary>Decides, or proposes an override; answers why neither is possible, or null.</summary>
    public async Task<Error?> MakeAsync(CreditApplication application, Verdict verdict, CancellationToken ct)
    {
        if (application.Status is not (ApplicationStatus.InReview or ApplicationStatus.Conditional))
        {
            return ApplicationErrors.NotInReview;
        }
        if (application.HasPartIn(caller.UserId))
        {
            return ApplicationErrors.SecondPersonRequired;
        }
        var automatic = await db
            .Decisions.Where(decision => decision.ApplicationId == application.Id)
            .OrderByDescending(decision => decision.Id)
            .FirstAsync(ct);
        var decision = automatic.Read();
        var proposal = await db.Reviews.SingleOrDefaultAsync(
            review => review.ApplicationId == application.Id && review.CompletedAt == null,
            ct
        );
        if (
            verdict.Reasons?.Contains(EnumText.Of(RefusalReason.BureauClass)) == true
            && decision.Inputs.Applicants.All(applicant => applicant.Bureau.Class is null)
        )
        {
            return ApplicationErrors.NoBureauClass;
        }
        var now = clock.GetStorableNow();
        if (proposal is null && application.ClaimedById != caller.UserId)
        {
            return ApplicationErrors.NotClaimed;
        }
        if (proposal is not null)
        {
            if (proposal.DecidedBy.Id == caller.UserId)
            {
                return ApplicationErrors.SecondPersonRequired;
            }
            if (proposal.Result == verdict.Result && proposal.Conditions.SequenceEqual(verdict.Conditions, StringComparer.Ordinal))
            {
                proposal.Confirm(caller.Reference, now);
                return await ApplyAsync(application, proposal, decision, verdict, now, ct);
            }
            proposal.Drop(now);
            // The index lets one proposal wait, so this one goes before the next.
            await db.SaveChangesAsync(ct);
        }
        var isOverride = verdict.Result != ReviewResult.Declined && IsRefusedByRule(decision);
        var review = new Review(application, automatic.Id, verdict, isOverride, caller.Reference, now);
        db.Add(review);
        return isOverride ? null : await ApplyAsync(application, review, decision, verdict, now, ct);
    }

    /// <summary>Whether the policy would refuse it; an unclear answer of the bureau alone does not.</summary>
    private static bool IsRefusedByRule(StoredDecision decision) =>
        !decision.Result.Passes(RuleCode.Surplus)
        || !decision.Result.Passes(RuleCode.Dsti)
        || decision.Result.Score.Points < decision.Policy.ReviewFromPoints;

    private async Task<Error?> ApplyAsync(
        CreditApplication application,
        Review review,
        StoredDecision decision,
        Verdict verdict,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var status = verdict.Result switch
        {
            ReviewResult.Approved => ApplicationStatus.Approved,
            ReviewResult.Conditional => ApplicationStatus.Conditional,
            _ => ApplicationStatus.Declined,
        };
        if (application.Move(status, caller.Reference, verdict.Comment, now) is { } error)
        {
            return error;
        }
        db.Publish(DecisionEvents.Of(application, caller, now));
        if (status == ApplicationStatus.Declined)
        {
            var inquiries = await db
                .ScoreInquiries.Where(inquiry => inquiry.ApplicationId == application.Id && inquiry.AnsweredAt != null)
                .OrderBy(inquiry => inquiry.Id)
                .ToListAsync(ct);
            await mail.SendAsync(application, decision, inquiries, verdict.Reasons, ct);
        }
        if (status == ApplicationStatus.Conditional)
        {
            await messages.SendConditionsAsync(application, verdict.Conditions, ct);
            await AskAsync(application, review, verdict.Documents, ct);
        }
        return null;
    }

    private async Task AskAsync(
        CreditApplication application,
        Review review,
        IEnumerable<DocumentCondition> documents,
        CancellationToken ct
    )
    {
        var asked = new List<Guid>();
        foreach (var document in documents)
        {
            if (await requests.AskAsync(application.CustomerId, document.Kind, document.Count, note: null, ct) is { } requestId)
            {
                asked.Add(requestId);
            }
        }
        review.WaitFor(asked);
    }
}
