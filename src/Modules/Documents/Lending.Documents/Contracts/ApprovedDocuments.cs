using Lending.Documents.Data;
using Lending.Documents.Documents;
using Microsoft.EntityFrameworkCore;

namespace Lending.Documents.Contracts;

internal sealed class ApprovedDocuments(DocumentsDbContext db, TimeProvider clock) : IApprovedDocuments
{
    public async Task<IReadOnlyList<ApprovedDocument>> FindAsync(Guid customerId, CancellationToken ct)
    {
        // The job that lets documents expire may be late.
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return await db
            .Documents.Where(document => document.CustomerId == customerId && document.Status == DocumentStatus.Approved)
            .Where(document => document.ValidUntil == null || document.ValidUntil >= today)
            .OrderByDescending(document => document.ReviewedAt)
            .Select(document => new ApprovedDocument(document.Id, document.Kind, document.ReviewedAt!.Value, document.ValidUntil))
            .ToListAsync(ct);
    }
}
