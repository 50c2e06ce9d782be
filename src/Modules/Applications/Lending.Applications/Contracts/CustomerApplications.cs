using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Applications.Explanations;
using Lending.Applications.Reviews;
using Lending.Applications.Wordings;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Contracts;

internal sealed class CustomerApplications(
    ApplicationsDbContext db,
    ExplanationReader explanations,
    ApplicationSteps steps,
    ReviewDemand reviews,
    Transactions transactions
) : ICustomerApplications
{
    public async Task<IReadOnlyList<CustomerApplication>> ListAsync(CancellationToken ct) =>
        await Answers(db.Applications.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id))
            .Take(ICustomerApplications.Most)
            .ToListAsync(ct);

    public async Task<ExplainedDecision?> ReadDecisionAsync(Guid applicationId, string language, CancellationToken ct)
    {
        var application = await Answers(db.Applications.Where(row => row.Id == applicationId)).SingleOrDefaultAsync(ct);
        if (
            application is not { IsDecided: true }
            || (await explanations.ReadAsync(applicationId, Wording.Of(language), ct)).Explanation is not { } explanation
        )
        {
            return null;
        }
        return new ExplainedDecision
        {
            Application = application,
            DecidedAt = explanation.DecidedAt,
            How = explanation.How,
            Procedure = explanation.IsAutomated ? explanation.Procedure : null,
            Reasons = [.. explanation.Reasons.Select(reason => new DecisionReason(reason.Text, reason.WouldPass))],
            Conditions = explanation.Conditions,
            Bureau = explanation.Bureau,
            Rights = explanation.Rights,
            DebtAdvice = explanation.DebtAdvice,
            CanRequestReview = application.Status == ApplicationStatus.Declined && explanation.IsAutomated,
        };
    }

    public async Task<Error?> RequestReviewAsync(Guid applicationId, string? comment, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        if (await steps.LockAsync(applicationId, ct) is not { } application)
        {
            return Error.NoSuchThing;
        }
        var before = application.Status;
        if (await reviews.DemandAsync(application, comment, ct) is { } error)
        {
            return error;
        }
        await steps.SaveAsync(application, before, ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    private static IQueryable<CustomerApplication> Answers(IQueryable<CreditApplication> applications) =>
        applications.Select(row => new CustomerApplication(row.Id, row.Status, row.LoanAmount, row.Currency, row.CreatedAt));
}
