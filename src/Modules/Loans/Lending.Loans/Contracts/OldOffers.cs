using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Loans.Offers;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Contracts;

/// <summary>Offers of which nothing came, since the last that happened to them.</summary>
internal sealed class OldClosedOffers(LoansDbContext db, OfferRemoval removal) : OldOffers(db, removal), IOldRecords
{
    private static readonly OfferStatus[] Closed = [OfferStatus.Rejected, OfferStatus.Declined, OfferStatus.Expired, OfferStatus.Cancelled];

    public string Name => "CLOSED_OFFERS";

    // Who was refused can claim discrimination within two months (§ 21 (5) AGG); until that is settled, the organisation has to know why it refused.
    public int MinimumMonths => 6;

    protected override IQueryable<LoanOffer> Matching(IQueryable<LoanOffer> offers) => offers.Where(offer => Closed.Contains(offer.Status));
}

/// <summary>Offers that were accepted and withdrawn, and never paid out: letters of a contract, and no bookings.</summary>
internal sealed class OldWithdrawnOffers(LoansDbContext db, OfferRemoval removal) : OldOffers(db, removal), IOldRecords
{
    public string Name => "WITHDRAWN_OFFERS";

    public int MinimumMonths => 12 * KeptRecord.YearsOfLetters;

    public bool CountsFromYearsEnd => true;

    protected override IQueryable<LoanOffer> Matching(IQueryable<LoanOffer> offers) =>
        offers.Where(offer => offer.Status == OfferStatus.Withdrawn && offer.DisbursedOn == null);
}

/// <summary>Offers in states that they do not leave any more.</summary>
internal abstract class OldOffers(LoansDbContext db, OfferRemoval removal)
{
    public Task<int> CountAsync(DateTimeOffset before, CancellationToken ct) => Before(before).CountAsync(ct);

    public async Task<int> DeleteAsync(DateTimeOffset before, int atMost, CancellationToken ct)
    {
        var ids = await Before(before).OrderBy(offer => offer.CreatedAt).Take(atMost).Select(offer => offer.Id).ToListAsync(ct);
        await removal.RemoveAsync(ids, ct);
        return ids.Count;
    }

    protected abstract IQueryable<LoanOffer> Matching(IQueryable<LoanOffer> offers);

    // The creation has an index, and comes first.
    private IQueryable<LoanOffer> Before(DateTimeOffset before) =>
        Matching(db.Offers).Where(offer => offer.CreatedAt < before && offer.UpdatedAt < before);
}
