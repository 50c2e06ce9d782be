using Lending.Loans.Data;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Versions;

/// <summary>Reads what a version of an offer says, and marks it as seen where a customer reads it.</summary>
internal sealed class VersionReader(LoansDbContext db, SeenMarks marks)
{
    /// <summary>The version of this number, or the present one; null where there is none that the caller may see. Does not look up when it was seen.</summary>
    public async Task<VersionResponse?> FindAsync(Guid id, int? number, CancellationToken ct) =>
        // The present one first: what it was when it was asked for is an earlier one from then on.
        await FindPresentAsync(id, number, ct) ?? (number is null ? null : await FindEarlierAsync(id, number.Value, ct));

    private async Task<VersionResponse?> FindPresentAsync(Guid id, int? number, CancellationToken ct)
    {
        var offer = await marks.ShowAsync(
            () => db.Offers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && (number == null || row.Version == number), ct),
            row => new ShownOffer(row.Id, row.RowVersion),
            ct
        );
        if (offer is null)
        {
            return null;
        }
        var content = OfferContent.Of(offer);
        return new VersionResponse
        {
            Number = offer.Version,
            DocumentHash = content.DocumentHash,
            MadeBy = offer.TermsBy,
            MadeAt = offer.TermsAt,
            FirstSeenAt = null,
            Content = content,
        };
    }

    private async Task<VersionResponse?> FindEarlierAsync(Guid id, int number, CancellationToken ct) =>
        await db.OfferVersions.AsNoTracking().SingleOrDefaultAsync(row => row.Offer.Id == id && row.Number == number, ct) is { } version
            ? new VersionResponse
            {
                Number = number,
                DocumentHash = Convert.ToHexStringLower(version.DocumentHash),
                MadeBy = version.MadeBy,
                MadeAt = version.MadeAt,
                FirstSeenAt = null,
                Content = OfferContent.Parse(version.Content),
            }
            : null;
}
