using Lending.Customers.Data;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Profiles;

/// <summary>That customers were erased, once nothing of them has to be kept any more.</summary>
internal sealed class OldErasures(CustomersDbContext db, OrganizationSql sql, OrganizationClock clock) : IOldRecords
{
    public string Name => "ERASURES";

    // It proves that a person's request was answered, for as long as a fine could be set (§ 31 OWiG).
    public int MinimumMonths => 36;

    public async Task<int> CountAsync(DateTimeOffset before, CancellationToken ct) => (await FindAsync(before, int.MaxValue, ct)).Count;

    public async Task<int> DeleteAsync(DateTimeOffset before, int atMost, CancellationToken ct)
    {
        var ids = await FindAsync(before, atMost, ct);
        var old = await db.Erasures.Where(erasure => ids.Contains(erasure.CustomerId)).ToListAsync(ct);
        db.RemoveRange(old);
        await db.SaveChangesAsync(ct);
        return old.Count;
    }

    private Task<List<Guid>> FindAsync(DateTimeOffset before, int atMost, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return sql.ReadAsync(
            $"""
            SELECT customer_id FROM customers.erasures WHERE {sql.OfOrganization} AND erased_at < {before}
                AND NOT EXISTS (SELECT FROM jsonb_array_elements(kept) WHERE (value ->> 'until')::date >= {today})
            ORDER BY erased_at LIMIT {atMost}
            """,
            row => row.GetGuid(0),
            ct
        );
    }
}
