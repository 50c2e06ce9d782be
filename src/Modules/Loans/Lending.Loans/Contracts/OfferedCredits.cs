using Lending.Loans.Data;
using Lending.Loans.Documents;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Versions;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Contracts;

/// <summary>Reads offers for other modules.</summary>
internal sealed class OfferedCredits(LoansDbContext db, SeenMarks marks) : IOfferedCredits
{
    public async Task<OfferedCredit?> FindAsync(Guid offerId, CancellationToken ct) =>
        await ReadAsync(offerId, ct) is { } offer ? Of(offer) : null;

    public async Task<OfferedCredit?> GiveAsync(Guid offerId, CancellationToken ct) =>
        await marks.GiveAsync(() => ReadAsync(offerId, ct), offer => new ShownOffer(offer.Id, offer.RowVersion), ct) is { } offer
            ? Of(offer)
            : null;

    private Task<LoanOffer?> ReadAsync(Guid offerId, CancellationToken ct) =>
        db.Offers.AsNoTracking().SingleOrDefaultAsync(offer => offer.Id == offerId, ct);

    /// <summary>What an offer says, for whoever has read it.</summary>
    public static OfferedCredit Of(LoanOffer offer)
    {
        // The figures of the document: one that contradicted what was hashed is not made.
        var document = OfferDocumentModel.Of(VersionResponse.Of(offer, firstSeenAt: null));
        var quote = document.Quote;
        return new OfferedCredit
        {
            OfferId = offer.Id,
            Version = offer.Version,
            DocumentHash = document.Hash,
            CustomerId = offer.Customer.Id,
            Lender = document.Lender,
            IsOpen = offer.Status is OfferStatus.Pending or OfferStatus.Approved,
            ValidUntil = offer.ValidUntil,
            WithdrawalEndsAt = offer.WithdrawalEndsAt,
            Currency = offer.Currency,
            AmountOfCredit = quote.AmountOfCredit,
            UpfrontFee = quote.UpfrontFee,
            FinancedFee = quote.FinancedFee,
            MonthlyFee = quote.MonthlyFee,
            DealerFee = quote.DealerFee,
            TotalCostOfCredit = quote.TotalCostOfCredit,
            TotalPayable = quote.TotalPayable,
            AprcPercent = document.AprcPercent,
            AnnualRatePercent = offer.AnnualRatePercent,
            LaterRates = [.. quote.Terms.RateSteps.Select(step => new OfferedRate(step.FromInstalment, step.AnnualRatePercent))],
            PayoutOn = offer.PayoutDate,
            DailyInterest = document.DailyInterest,
            Instalments =
            [
                .. quote
                    .Schedule()
                    .Select(row => new OfferedInstalment(row.DueDate, row.Payment, row.Principal, row.Interest, row.Balance)),
            ],
        };
    }
}
