using Lending.Disclosures.Data;
using Lending.Disclosures.Disclosures;
using Lending.Disclosures.Form;
using Lending.Loans.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Contracts;

/// <summary>Reads forms for the pages of another module.</summary>
internal sealed class GivenForms(DisclosuresDbContext db) : IGivenForms, IGivenInformation
{
    public Task<bool> IsGivenAsync(Guid offerId, string documentHash, CancellationToken ct) => Of(offerId, documentHash).AnyAsync(ct);

    public async Task<GivenForm?> ReadAsync(Guid offerId, string documentHash, CancellationToken ct) =>
        await Of(offerId, documentHash).OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).FirstOrDefaultAsync(ct)
            is { } disclosure
            ? new GivenForm(disclosure.Language, FormHtml.Render(disclosure.ReadForm(), disclosure.FormHashText))
            : null;

    public Task<GivenInformation?> FindAsync(Guid offerId, string documentHash, CancellationToken ct) =>
        Of(offerId, documentHash)
            .OrderByDescending(row => row.CreatedAt)
            .ThenByDescending(row => row.Id)
            .Select(row => new GivenInformation(Convert.ToHexStringLower(row.FormHash), row.CreatedAt))
            .FirstOrDefaultAsync(ct);

    private IQueryable<Disclosure> Of(Guid offerId, string documentHash)
    {
        var hash = Convert.FromHexString(documentHash);
        return db.Disclosures.AsNoTracking().Where(row => row.OfferId == offerId && row.OfferHash == hash);
    }
}
