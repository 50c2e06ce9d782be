using Lending.Customers.Data;
using Lending.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Consents;

/// <summary>Consents that do not hold any more, since they ended.</summary>
internal sealed class OldConsents(CustomersDbContext db) : IOldRecords
{
    public string Name => "CONSENTS";

    public int MinimumMonths => 12 * ConsentErasure.Years;

    public Task<int> CountAsync(DateTimeOffset before, CancellationToken ct) => Before(before).CountAsync(ct);

    public async Task<int> DeleteAsync(DateTimeOffset before, int atMost, CancellationToken ct)
    {
        var old = await Before(before).OrderBy(consent => consent.EndedAt).Take(atMost).ToListAsync(ct);
        db.RemoveRange(old);
        await db.SaveChangesAsync(ct);
        return old.Count;
    }

    private IQueryable<Consent> Before(DateTimeOffset before) => db.Consents.Where(consent => consent.EndedAt < before);
}
