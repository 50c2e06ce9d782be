using Lending.Disclosures.Data;
using Lending.Disclosures.Disclosures;
using Lending.Disclosures.Form;
using Lending.Loans.Contracts;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Contracts;

/// <summary>Reads forms for the pages of another module.</summary>
internal sealed class GivenForms(DisclosuresDbContext db, FormDeliveries forms, Caller caller) : IGivenForms, IGivenInformation
{
    private const int MostListed = 100;

    public Task<bool> IsGivenAsync(Guid offerId, string documentHash, CancellationToken ct) => Of(offerId, documentHash).AnyAsync(ct);

    public async Task<GivenForm?> ReadAsync(Guid offerId, string documentHash, CancellationToken ct) =>
        await Of(offerId, documentHash).OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).FirstOrDefaultAsync(ct)
            is { } disclosure
            ? PageOf(disclosure)
            : null;

    public async Task<IReadOnlyList<ListedForm>> ListAsync(CancellationToken ct) =>
        await db
            .Disclosures.Where(row => row.CustomerId == caller.CustomerScope)
            .OrderByDescending(row => row.CreatedAt)
            .ThenByDescending(row => row.Id)
            .Take(MostListed)
            .Select(row => new ListedForm(row.Id, row.OfferId, row.CreatedAt))
            .ToListAsync(ct);

    public async Task<GivenForm?> ReadAsync(Guid disclosureId, CancellationToken ct) =>
        await db.FindDisclosureAsync(disclosureId, ct) is { } disclosure && disclosure.CustomerId == caller.CustomerScope
            ? PageOf(disclosure)
            : null;

    public async Task<GivenInformation?> FindAsync(Guid offerId, string documentHash, CancellationToken ct) =>
        (await forms.ListAsync(offerId, documentHash, ct)).LastOrDefault(form => form.HasArrived) is { } last
            ? new GivenInformation(Convert.ToHexStringLower(last.FormHash), last.GivenAt)
            : null;

    private static GivenForm PageOf(Disclosure disclosure) =>
        new(disclosure.Language, FormHtml.Render(disclosure.ReadForm(), disclosure.FormHashText));

    private IQueryable<Disclosure> Of(Guid offerId, string documentHash)
    {
        var hash = Convert.FromHexString(documentHash);
        return db.Disclosures.AsNoTracking().Where(row => row.OfferId == offerId && row.OfferHash == hash);
    }
}
