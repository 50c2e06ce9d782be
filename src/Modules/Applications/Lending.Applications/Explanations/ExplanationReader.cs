using Lending.Applications.Assessments;
using Lending.Applications.Bureau;
using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Applications.Wordings;
using Lending.Kernel;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lending.Applications.Explanations;

/// <summary>Explains the last decision on an application, to staff and to the customer.</summary>
internal sealed class ExplanationReader(ApplicationsDbContext db, IOptions<BureauOptions> bureau, Caller caller)
{
    /// <summary>The explanation; or why there is none.</summary>
    public async Task<(Explanation? Explanation, Error? Error)> ReadAsync(Guid id, Wording wording, CancellationToken ct)
    {
        var application = await db.Applications.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct);
        if (application is null)
        {
            return (null, Error.NoSuchThing);
        }
        var automatic = await db
            .Decisions.AsNoTracking()
            .Where(decision => decision.ApplicationId == id)
            .OrderByDescending(decision => decision.Id)
            .FirstOrDefaultAsync(ct);
        if (automatic is null)
        {
            return (null, ApplicationErrors.NotDecided);
        }
        var review = await db
            .Reviews.AsNoTracking()
            .Where(row => row.DecisionId == automatic.Id && row.CompletedAt != null && (!row.IsOverride || row.ConfirmedById != null))
            .OrderByDescending(row => row.Id)
            .Select(row => new
            {
                row.CompletedAt,
                row.Conditions,
                row.Reasons,
            })
            .FirstOrDefaultAsync(ct);
        var reader = caller.CustomerScope ?? application.CustomerId;
        var inquiry = await db
            .ScoreInquiries.AsNoTracking()
            .Where(asked => asked.ApplicationId == id && asked.CustomerId == reader && asked.AnsweredAt != null)
            .OrderByDescending(asked => asked.Id)
            .FirstOrDefaultAsync(ct);
        var decision = automatic.Read();
        var isOneOfTwo = caller.CustomerScope is not null && application.SecondCustomerId is not null;
        var all = ToldReasons.Of(decision, review?.Reasons);
        var reasons = isOneOfTwo ? ToldReasons.ForOneOfTwo(all) : all;
        return (
            new Explanation
            {
                ApplicationId = id,
                Status = application.Status,
                Language = wording.Language,
                IsAutomated = review is null,
                DecidedAt = review?.CompletedAt ?? automatic.CreatedAt,
                PolicyVersion = automatic.PolicyVersion,
                How = review is null ? wording.ByRules : wording.ByPerson,
                Procedure = wording.Procedure,
                Affordability = decision.Result.Affordability,
                MinimumSurplus = decision.Policy.MinimumSurplus,
                MaximumDebtService = decision.Policy.MaximumDebtService,
                Score = isOneOfTwo ? null : decision.Result.Score,
                ApproveFromPoints = decision.Policy.ApproveFromPoints,
                Reasons =
                [
                    .. reasons.Select(reason => new ExplainedReason
                    {
                        Code = reason.Code,
                        Text = wording.Reason(reason.Code),
                        LostPoints = reason.LostPoints,
                        Counterfactual = reason.Counterfactual,
                        WouldPass = wording.WouldPass(reason.Counterfactual, application.Currency),
                    }),
                ],
                Conditions = review?.Conditions ?? [],
                Bureau = inquiry is null ? wording.NoBureau : wording.Bureau(bureau.Value.Name, bureau.Value.Contact, inquiry),
                Inquiry = inquiry is null ? null : ExplainedInquiry.Of(inquiry),
                Rights = wording.Rights,
                DebtAdvice = wording.DebtAdvice,
            },
            null
        );
    }
}
