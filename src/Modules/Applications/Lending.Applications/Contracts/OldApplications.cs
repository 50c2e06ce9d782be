using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Contracts;

/// <summary>Applications of which nothing came, since the last that happened to them.</summary>
internal sealed class OldApplications(ApplicationsDbContext db) : IOldRecords
{
    private static readonly ApplicationStatus[] Closed =
    [
        ApplicationStatus.Declined,
        ApplicationStatus.Expired,
        ApplicationStatus.Withdrawn,
    ];

    public string Name => "CLOSED_APPLICATIONS";

    // Who was refused can claim discrimination within two months (§ 21 (5) AGG); until that is settled, the organisation has to know why it refused.
    public int MinimumMonths => 6;

    public Task<int> CountAsync(DateTimeOffset before, CancellationToken ct) => Before(before).CountAsync(ct);

    public async Task<int> DeleteAsync(DateTimeOffset before, int atMost, CancellationToken ct)
    {
        // What hangs on them goes with them.
        var rows = await Before(before).OrderBy(application => application.CreatedAt).Take(atMost).ToListAsync(ct);
        db.RemoveRange(rows);
        await db.SaveChangesAsync(ct);
        return rows.Count;
    }

    // The creation has an index, and comes first.
    private IQueryable<CreditApplication> Before(DateTimeOffset before) =>
        db.Applications.Where(row => row.CreatedAt < before && row.UpdatedAt < before && Closed.Contains(row.Status));
}
