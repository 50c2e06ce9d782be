using Lending.Identity.Contracts;
using Lending.Loans.Amortization;
using Lending.Loans.Data;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Acceptance;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Contracts;

/// <summary>Reads acceptances for other modules.</summary>
internal sealed class AcceptedOffers(
    LoansDbContext db,
    OrganizationSql sql,
    IOrganizationDirectory organizations,
    Caller caller,
    OrganizationClock clock
) : IAcceptedOffers
{
    public async Task<IReadOnlySet<Guid>> HoldPayableAsync(IReadOnlyCollection<Guid> offerIds, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var isEarlyAllowed = (await organizations.ReadAsync(caller.OrganizationId, ct)).AllowPayoutBeforeWithdrawalEnds;
        // Several may hold it; who withdraws waits for them, and is seen where they came later. In order, so that no two wait for each other.
        FormattableString statement = $"""
            SELECT id FROM loans.offers
            WHERE {sql.OfOrganization} AND id = ANY({offerIds.ToArray()})
                AND status IN ({StatusColumn.TextOf(OfferStatus.Accepted)}, {StatusColumn.TextOf(OfferStatus.Disbursed)})
                AND ({isEarlyAllowed} OR withdrawal_ends_at <= {now})
            ORDER BY id FOR SHARE
            """;
        return (await sql.ReadAsync(statement, row => row.GetGuid(0), ct)).ToHashSet();
    }

    public async Task<AcceptedOffer?> FindAsync(Guid offerId, CancellationToken ct)
    {
        var found = await db
            .OfferAcceptances.AsNoTracking()
            .Where(row => row.OfferId == offerId)
            // The whole row: what is encrypted in it is read with it.
            .Select(row => new
            {
                Acceptance = row,
                row.Offer.DisbursedOn,
                OfferedById = row.Offer.CreatedBy.Id,
            })
            .SingleOrDefaultAsync(ct);
        return found is null ? null : Of(found.Acceptance, found.OfferedById, found.DisbursedOn);
    }

    /// <summary>What other modules are told of an acceptance.</summary>
    public static AcceptedOffer Of(OfferAcceptance acceptance, Guid offeredById, DateOnly? disbursedOn)
    {
        var content = OfferContent.Parse(acceptance.Content.Text, acceptance.ContentFormatVersion);
        return new AcceptedOffer
        {
            OfferId = acceptance.OfferId,
            CustomerId = content.CustomerId,
            OfferedById = offeredById,
            Product = content.Product is { } product ? new AcceptedProduct(product.Id, product.Version) : null,
            // Offers are consumer credits and secured by nothing: their document says so, and everybody can withdraw.
            BorrowerKind = BorrowerKind.Consumer,
            IsSecuredByLand = false,
            Currency = content.Currency,
            AmountOwed = content.AmountOwed,
            FinancedFee = content.Fees.Financed,
            DealerFee = content.Fees.Dealer,
            UpfrontFee = content.Fees.Upfront,
            MonthlyFee = content.Fees.Monthly,
            AnnualRatePercent = content.AnnualRatePercent,
            DayCount = content.Quote.Terms.DayCount.Name(),
            PlannedPayoutOn = content.PayoutDate,
            Instalments =
            [
                .. FrozenSchedule
                    .Parse(acceptance.Schedule)
                    .Rows()
                    .Select(row => new AcceptedInstalment(row.DueDate, row.Principal, row.Interest)),
            ],
            AcceptedAt = acceptance.AcceptedAt,
            DisbursedOn = disbursedOn,
        };
    }
}
