using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Loans.Offers;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Contracts;

/// <summary>Deletes a customer's offers, except those that were accepted: from them on there was a contract, whose letters are kept for years.</summary>
internal sealed class OfferErasure(LoansDbContext db, OrganizationSql sql) : ICustomerErasure
{
    /// <summary>Commercial letters (§ 257 (1) no. 2 and 3, (4) HGB; § 147 (1) no. 2 and 3, (3) AO).</summary>
    private const int YearsOfLetters = 6;

    private const string Law = "§ 257 HGB, § 147 AO";

    public async Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct)
    {
        // The lock makes those wait who are about to accept one.
        FormattableString statement = $"""
            SELECT status FROM loans.offers WHERE {sql.OfOrganization} AND customer_id = {customerId} ORDER BY id FOR UPDATE
            """;
        var states = await sql.ReadAsync(statement, row => StatusColumn.Parse(row.GetString(0)), ct);
        return states.Any(status => status is OfferStatus.Accepted or OfferStatus.Disbursed) ? OfferErrors.LoanRuns : null;
    }

    public async Task<IReadOnlyList<KeptRecord>> EraseAsync(Guid customerId, CancellationToken ct)
    {
        var accepted = await db
            .OfferAcceptances.Where(row => row.Offer.Customer.Id == customerId)
            .OrderBy(row => row.AcceptedAt)
            .Select(row => new { row.OfferId, row.AcceptedAt })
            .ToListAsync(ct);
        var kept = accepted.ConvertAll(row => row.OfferId);
        await db.OfferComments.Where(row => row.Offer.Customer.Id == customerId).ExecuteDeleteAsync(ct);
        await db.OfferLinks.Where(row => row.Offer.Customer.Id == customerId).ExecuteDeleteAsync(ct);
        await db.OfferViews.Where(row => row.Offer.Customer.Id == customerId && !kept.Contains(row.OfferId)).ExecuteDeleteAsync(ct);
        await db.Offers.Where(offer => offer.Customer.Id == customerId && !kept.Contains(offer.Id)).ExecuteDeleteAsync(ct);
        // The term begins with the end of the year.
        return accepted.ConvertAll(row => new KeptRecord(
            "LOAN_OFFER",
            row.OfferId,
            Law,
            new DateOnly(row.AcceptedAt.Year + YearsOfLetters, 12, 31)
        ));
    }
}
