using Lending.Applications.Data;
using Lending.Applications.Risk;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Contracts;

/// <summary>
/// An offer whose application has some risk of fraud is accepted with a code that was mailed to the customer, as where the organisation asks for one of everybody. What a person has called
/// genuine needs none.
/// </summary>
internal sealed class CodeGuard(ApplicationsDbContext db) : IAcceptanceGuard
{
    public async Task<Error?> FindObstacleAsync(GuardedOffer offer, CancellationToken ct)
    {
        if (offer.IsProvedByCode)
        {
            return null;
        }
        var needsCode = await db
            .Applications.Where(application =>
                application.OfferId == offer.Id
                && (application.CustomerId == offer.CustomerId || application.SecondCustomerId == offer.CustomerId)
            )
            .AnyAsync(
                application =>
                    db.RiskAssessments.Any(risk =>
                        risk.ApplicationId == application.Id && risk.Level != RiskLevel.Continue && risk.Label != RiskLabel.Genuine
                    ),
                ct
            );
        return needsCode ? MailedCode.CodeMissing : null;
    }
}
