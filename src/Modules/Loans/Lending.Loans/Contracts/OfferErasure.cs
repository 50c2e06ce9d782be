using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Loans.Offers;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Contracts;

/// <summary>Deletes a customer's offers, except those that were accepted: from them on there was a contract, whose letters are kept for years.</summary>
internal sealed class OfferErasure(
    LoansDbContext db,
    OfferRemoval removal,
    OrganizationSql sql,
    IOrganizationDirectory organizations,
    Caller caller
) : ICustomerErasure
{
    private const string Law = "§ 257 HGB, § 147 AO";

    public async Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct)
    {
        // The lock makes those wait who are about to accept one. Who withdraws after the payout still owes it.
        FormattableString statement = $"""
            SELECT status = 'ACCEPTED' OR disbursed_on IS NOT NULL FROM loans.offers
            WHERE {sql.OfOrganization} AND customer_id = {customerId} ORDER BY id FOR UPDATE
            """;
        var binding = await sql.ReadAsync(statement, row => row.GetBoolean(0), ct);
        return binding.Contains(true) ? OfferErrors.LoanRuns : null;
    }

    public async Task<IReadOnlyList<KeptRecord>> EraseAsync(Guid customerId, CancellationToken ct)
    {
        var ids = await db.Offers.Where(offer => offer.Customer.Id == customerId).Select(offer => offer.Id).ToListAsync(ct);
        var accepted = await db
            .OfferAcceptances.Where(row => ids.Contains(row.OfferId))
            .OrderBy(row => row.AcceptedAt)
            .Select(row => new
            {
                row.OfferId,
                LastAt = db.OfferTransitions.Where(step => step.Offer.Id == row.OfferId).Max(step => step.At),
            })
            .ToListAsync(ct);
        var kept = accepted.ConvertAll(row => row.OfferId);
        ids.RemoveAll(kept.Contains);
        // Comments and earlier versions know whose offer it was then: it may be somebody else's since.
        await db.OfferComments.Where(row => row.CustomerId == customerId).ExecuteDeleteAsync(ct);
        await db
            .OfferViews.Where(row =>
                db.OfferVersions.Where(version => version.CustomerId == customerId)
                    .Any(version => version.Offer.Id == row.OfferId && version.Number == row.Version)
            )
            .ExecuteDeleteAsync(ct);
        await db.OfferVersions.Where(row => row.CustomerId == customerId).ExecuteDeleteAsync(ct);
        await db.OfferLinks.Where(row => ids.Contains(row.OfferId) || kept.Contains(row.OfferId)).ExecuteDeleteAsync(ct);
        await removal.RemoveAsync(ids, ct);
        if (kept.Count == 0)
        {
            return [];
        }
        // Of the history stays what happened, not what was said about it, nor what the customer is called at login.
        await db
            .OfferTransitions.Where(row => kept.Contains(row.Offer.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Comment, (string?)null), ct);
        await db
            .OfferTransitions.Where(row => kept.Contains(row.Offer.Id))
            .Where(row => row.To == OfferStatus.Accepted || row.To == OfferStatus.Withdrawn)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.By.Username, "customer"), ct);
        var timeZone = (await organizations.GetAsync(caller.OrganizationId, ct)).TimeZone;
        return accepted.ConvertAll(row =>
            KeptRecord.FromYearsEnd("LOAN_OFFER", row.OfferId, Law, LocalDay.Of(row.LastAt, timeZone), KeptRecord.YearsOfLetters)
        );
    }
}
