using Lending.Identity.Contracts;
using Lending.Loans.Amortization;
using Lending.Loans.Data;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Acceptance;
using Lending.Platform.Clocks;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Contracts;

/// <summary>Reads acceptances for other modules.</summary>
internal sealed class AcceptedOffers(LoansDbContext db, IOrganizationDirectory organizations, Caller caller, OrganizationClock clock)
    : IAcceptedOffers
{
    public async Task<bool> MayBePaidOutAsync(Guid offerId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var isEarlyAllowed = (await organizations.ReadAsync(caller.OrganizationId, ct)).AllowPayoutBeforeWithdrawalEnds;
        return await db.Offers.AnyAsync(
            offer =>
                offer.Id == offerId
                && (offer.Status == OfferStatus.Accepted || offer.Status == OfferStatus.Disbursed)
                && (isEarlyAllowed || offer.WithdrawalEndsAt <= now),
            ct
        );
    }

    public async Task<AcceptedOffer?> FindAsync(Guid offerId, CancellationToken ct)
    {
        var found = await db
            .OfferAcceptances.AsNoTracking()
            .Where(row => row.OfferId == offerId)
            // The whole row: what is encrypted in it is read with it.
            .Select(row => new { Acceptance = row, row.Offer.DisbursedOn })
            .SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }
        var acceptance = found.Acceptance;
        var content = OfferContent.Parse(acceptance.Content.Text, acceptance.ContentFormatVersion);
        return new AcceptedOffer
        {
            OfferId = offerId,
            CustomerId = content.CustomerId,
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
            DisbursedOn = found.DisbursedOn,
        };
    }
}
