using System.Runtime.CompilerServices;
using Lending.Documents.Data;
using Lending.Documents.Documents;
using Lending.Documents.Files;
using Lending.Kernel;
using Lending.Platform.Security;
using Mapster;
using Microsoft.EntityFrameworkCore;

namespace Lending.Documents.Contracts;

/// <summary>A customer's documents with their files, and what they were asked for.</summary>
internal sealed class DocumentRecords(DocumentsDbContext db, IFileStore store, Caller caller) : ICustomerRecords
{
    public string Name => "documents";

    public async Task<object?> ReadAsync(Guid customerId, CancellationToken ct)
    {
        var documents = await OfCustomer(customerId).ProjectToType<DocumentResponse>().ToListAsync(ct);
        var requests = await db
            .DocumentRequests.Where(request => request.CustomerId == customerId)
            .OrderBy(request => request.CreatedAt)
            .AsAnswers(db)
            .ToListAsync(ct);
        return documents.Count + requests.Count == 0
            ? null
            : new { Documents = documents.ConvertAll(document => document.SeenBy(caller)), Requests = requests };
    }

    public async IAsyncEnumerable<CustomerFile> ReadFilesAsync(
        Guid customerId,
        string? acceptLanguage,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        foreach (var document in await OfCustomer(customerId).AsNoTracking().ToListAsync(ct))
        {
            if (document.IsReadable)
            {
                await using var file = document.Open(store);
                var content = new byte[file.Length];
                await file.ReadExactlyAsync(content, ct);
                yield return new CustomerFile($"documents/{document.Id}-{document.FileName}", content);
            }
        }
    }

    private IQueryable<Document> OfCustomer(Guid customerId) =>
        db.Documents.Where(document => document.CustomerId == customerId).OrderBy(document => document.CreatedAt);
}
