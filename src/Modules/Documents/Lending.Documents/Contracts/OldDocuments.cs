using Lending.Documents.Data;
using Lending.Documents.Documents;
using Lending.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Lending.Documents.Contracts;

/// <summary>Documents since they came, and what was asked for since it was asked for and nothing of it is left.</summary>
internal sealed class OldDocuments(DocumentsDbContext db, DocumentRemoval removal) : IOldRecords
{
    public string Name => "DOCUMENTS";

    // Who was refused can claim discrimination within two months (§ 21 (5) AGG); until that is settled, the organisation has to know why it refused.
    public int MinimumMonths => 6;

    public async Task<int> CountAsync(DateTimeOffset before, CancellationToken ct) =>
        await db.Documents.CountAsync(document => document.CreatedAt < before, ct) + await RequestsBefore(before).CountAsync(ct);

    public async Task<int> DeleteAsync(DateTimeOffset before, int atMost, CancellationToken ct)
    {
        var old = db.Documents.Where(document => document.CreatedAt < before).OrderBy(document => document.CreatedAt).Take(atMost);
        var deleted = await removal.RemoveAsync(old, ct);
        var requests = await RequestsBefore(before).OrderBy(request => request.CreatedAt).Take(atMost - deleted).ToListAsync(ct);
        db.RemoveRange(requests);
        await db.SaveChangesAsync(ct);
        return deleted + requests.Count;
    }

    private IQueryable<DocumentRequest> RequestsBefore(DateTimeOffset before) =>
        db.DocumentRequests.Where(request =>
            request.CreatedAt < before && !db.Documents.Any(document => document.RequestId == request.Id && document.CreatedAt >= before)
        );
}
