using Lending.Customers.Contracts;
using Lending.Documents.Data;
using Lending.Documents.Documents;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Documents.Contracts;

/// <summary>Deletes all of a customer's documents. None of them is a letter or a booking that the law has kept.</summary>
internal sealed class DocumentErasure(DocumentsDbContext db, DocumentRemoval removal, OrganizationSql sql) : ICustomerErasure
{
    public async Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct)
    {
        // Whoever decides on one at this moment comes first, or finds none.
        FormattableString locking = $"""
            SELECT id FROM documents.documents WHERE {sql.OfOrganization} AND customer_id = {customerId} ORDER BY id FOR UPDATE
            """;
        await sql.ReadAsync(locking, row => row.GetGuid(0), ct);
        return null;
    }

    public async Task<IReadOnlyList<KeptRecord>> EraseAsync(Guid customerId, CancellationToken ct)
    {
        await removal.RemoveAsync(db.Documents.Where(document => document.CustomerId == customerId), ct);
        db.RemoveRange(await db.DocumentRequests.Where(request => request.CustomerId == customerId).ToListAsync(ct));
        await db.SaveChangesAsync(ct);
        return [];
    }
}
