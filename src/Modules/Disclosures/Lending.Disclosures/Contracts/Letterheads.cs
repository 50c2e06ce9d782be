using Lending.Disclosures.Data;
using Lending.Notifications.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Contracts;

/// <summary>Letters say of the lender what its forms say.</summary>
internal sealed class Letterheads(DisclosuresDbContext db) : ILetterheads
{
    public async Task<Letterhead?> FindAsync(CancellationToken ct) =>
        (await db.Settings.AsNoTracking().SingleOrDefaultAsync(ct))?.ReadCreditor() is { } creditor
            ? new(creditor.Address, creditor.Phone, creditor.Email, creditor.Register)
            : null;
}
