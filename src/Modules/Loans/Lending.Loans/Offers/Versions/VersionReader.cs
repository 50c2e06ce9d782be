using Lending.Loans.Data;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Versions;

/// <summary>Reads what a version of an offer says, and marks it as seen where a customer reads it.</summary>
internal sealed class VersionReader(LoansDbContext db, SeenMarks marks)
{
    /// <summary>
    /// The version of this number, or the present one; null where there is none that the caller may see. Says when it was seen before this reading.
    /// </summary>
    public async Task<VersionResponse?> FindAsync(Guid id, int? number, CancellationToken ct)
    {
        // One statement: between two, what was the present version could become an earlier one.
        var found = await marks.ShowAsync(
            () => Find(id, number).AsNoTracking().SingleOrDefaultAsync(ct),
            row => IsPresent(row) ? new ShownOffer(id, row.Offer.RowVersion) : null,
            ct
        );
        return found switch
        {
            null => null,
            { Offer: var offer } when IsPresent(found) => VersionResponse.Of(offer, found.FirstSeenAt),
            { Earlier: { } earlier } => VersionResponse.Of(earlier, found.FirstSeenAt),
            _ => null,
        };

        bool IsPresent(Found row) => number is null || row.Offer.Version == number;
    }

    private IQueryable<Found> Find(Guid id, int? number) =>
        from offer in db.Offers
        where offer.Id == id
        from earlier in db.OfferVersions.Where(version => version.Offer.Id == offer.Id && version.Number == number).DefaultIfEmpty()
        from view in db.OfferViews.Where(view => view.OfferId == offer.Id && view.Version == (number ?? offer.Version)).DefaultIfEmpty()
        select new Found(offer, earlier, (DateTimeOffset?)view.FirstSeenAt);

    private sealed record Found(LoanOffer Offer, OfferVersion? Earlier, DateTimeOffset? FirstSeenAt);
}
