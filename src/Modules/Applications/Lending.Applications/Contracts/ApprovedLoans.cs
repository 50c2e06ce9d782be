using Lending.Applications.Assessments;
using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Applications.Scoring;
using Lending.Loans.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Contracts;

/// <summary>The approved applications for an offer, with the last decision on each.</summary>
internal sealed class ApprovedLoans(ApplicationsDbContext db)
{
    public async Task<IReadOnlyList<ApprovedLoan>> ReadAsync(Guid offerId, CancellationToken ct) =>
        [
            .. (
                await db
                    .Applications.AsNoTracking()
                    .Where(application => application.OfferId == offerId && application.Status == ApplicationStatus.Approved)
                    .OrderBy(application => application.Id)
                    .Select(application => new
                    {
                        Application = application,
                        Decision = db
                            .Decisions.Where(decision => decision.ApplicationId == application.Id)
                            .OrderByDescending(decision => decision.Id)
                            .First(),
                    })
                    .ToListAsync(ct)
            ).Select(row => new ApprovedLoan(row.Application, row.Decision.Read())),
        ];
}

/// <summary>What was approved.</summary>
/// <param name="Application">The application.</param>
/// <param name="Decision">The policy's last word on it, which rests on an instalment.</param>
internal sealed record ApprovedLoan(CreditApplication Application, StoredDecision Decision)
{
    /// <summary>Whether the offer asks for no more than that, in all and in a month, or for so little more that it is not significant.</summary>
    public bool Covers(GuardedOffer offer, CreditPolicy live) =>
        live.Covers(Application.LoanAmount!.Value, offer.AmountOfCredit)
        && live.Covers(Decision.Inputs.Instalment, offer.MonthlyInstalment);

    /// <summary>
    /// Whether this applicant, who alone will owe the loan, comes as far with their own income and their own answer of the bureau as two came together: by each rule, and
    /// in what comes of it.
    /// </summary>
    public bool IsCarriedBy(Guid customerId)
    {
        if (Application.SecondCustomerId is null)
        {
            return true;
        }
        var together = Decision.Result;
        var alone = DecisionEngine.Evaluate(Decision.Policy, DecisionInputsOf.Alone(Application, customerId, Decision.Inputs));
        return alone.Outcome <= together.Outcome
            && together.Rules.Where(result => result.IsPassed).All(result => alone.Passes(result.Rule));
    }
}
