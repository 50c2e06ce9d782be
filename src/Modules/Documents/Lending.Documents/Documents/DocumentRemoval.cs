using Lending.Documents.Data;
using Lending.Documents.Files;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Documents.Documents;

/// <summary>
/// Deletes documents: with the row goes the file's key, so nobody can read the file from the commit on, wherever there is a copy. The bytes are deleted from the
/// store soon afterwards.
/// </summary>
internal sealed class DocumentRemoval(DocumentsDbContext db, OrganizationClock clock)
{
    /// <summary>Deletes these, in the caller's transaction. Answers how many.</summary>
    public async Task<int> RemoveAsync(IQueryable<Document> documents, CancellationToken ct)
    {
        var found = await documents.ToListAsync(ct);
        var now = clock.GetStorableNow();
        db.AddRange(found.Select(document => document.FileId).OfType<Guid>().Select(id => new DiscardedFile(id, now)));
        db.RemoveRange(found);
        await db.SaveChangesAsync(ct);
        return found.Count;
    }
}
