using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Contracts;

/// <summary>
/// Deletes the applications of a customer who is erased, with decisions, reviews and answers of bureaus; one that became a contract is kept with what it was
/// decided on, as the lender has to be able to prove that it checked (Art. 18 of Directive (EU) 2023/2225).
/// </summary>
internal sealed class ApplicationErasure(ApplicationsDbContext db, OrganizationSql sql, IOrganizationDirectory organizations, Caller caller)
    : ICustomerErasure
{
    private static readonly Error IsOpen = Error.Conflict(
        "application-open",
        "The customer has an application that is not over: withdraw it first."
    );

    public async Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct)
    {
        // The lock makes those wait who are about to change one.
        FormattableString statement = $"""
            SELECT status FROM applications.applications
            WHERE {sql.OfOrganization} AND (customer_id = {customerId} OR second_customer_id = {customerId}) ORDER BY id FOR UPDATE
            """;
        var open = ApplicationDiagram
            .Open.Where(status => status != ApplicationStatus.Draft)
            .Select(EnumText.Of)
            .ToHashSet(StringComparer.Ordinal);
        return (await sql.ReadAsync(statement, row => row.GetString(0), ct)).Exists(open.Contains) ? IsOpen : null;
    }

    public async Task<IReadOnlyList<KeptRecord>> EraseAsync(Guid customerId, CancellationToken ct)
    {
        var applications = await db
            .Applications.Where(application => application.CustomerId == customerId || application.SecondCustomerId == customerId)
            .ToListAsync(ct);
        var kept = applications.FindAll(application => application.Status == ApplicationStatus.Contracted);
        // What hangs on them goes with them.
        db.RemoveRange(applications.Except(kept));
        // The law keeps what a contract was decided on, which is nothing of this.
        var keptIds = kept.ConvertAll(application => application.Id);
        db.RemoveRange(await db.RiskAssessments.Where(risk => keptIds.Contains(risk.ApplicationId)).ToListAsync(ct));
        db.RemoveRange(await db.RiskKeys.Where(key => keptIds.Contains(key.ApplicationId)).ToListAsync(ct));
        await db.SaveChangesAsync(ct);
        if (kept.Count == 0)
        {
            return [];
        }
        var timeZone = (await organizations.GetAsync(caller.OrganizationId, ct)).TimeZone;
        return kept.ConvertAll(application =>
            KeptRecord.FromYearsEnd(
                "LOAN_APPLICATION",
                application.Id,
                "§ 257 HGB, Art. 18 Directive (EU) 2023/2225",
                LocalDay.Of(application.UpdatedAt, timeZone),
                KeptRecord.YearsOfLetters
            )
        );
    }
}
