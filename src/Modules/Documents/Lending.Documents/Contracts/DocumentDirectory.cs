using Lending.Documents.Data;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Documents.Contracts;

internal sealed class DocumentDirectory(DocumentsDbContext db) : IDocumentDirectory
{
    public async Task<IReadOnlyList<KnownDocument>> FindAsync(IReadOnlyCollection<Guid> documentIds, CancellationToken ct) =>
        await db
            .Documents.IgnoreQueryFilters([ModuleDbContext.CustomerFilter])
            .Where(document =>
                documentIds.Contains(document.Id)
                && (
                    document.Status == DocumentStatus.Quarantined
                    || document.Status == DocumentStatus.Pending
                    || document.Status == DocumentStatus.Approved
                )
            )
            .Select(document => new KnownDocument(document.Id, document.CustomerId, document.Status == DocumentStatus.Approved))
            .ToListAsync(ct);
}
