using Lending.Documents.Contracts;
using Lending.Documents.Data;
using Lending.Kernel;

namespace Lending.Documents.Documents;

/// <summary>Reads requests with what was sent for them. Written out, as it counts rows of another table.</summary>
internal static class DocumentRequestReads
{
    /// <summary>The requests as they are answered.</summary>
    public static IQueryable<DocumentRequestResponse> AsAnswers(this IQueryable<DocumentRequest> requests, DocumentsDbContext db) =>
        requests
            .Select(request => new
            {
                Request = request,
                Received = db.Documents.Count(document =>
                    document.RequestId == request.Id
                    && (
                        document.Status == DocumentStatus.Quarantined
                        || document.Status == DocumentStatus.Pending
                        || document.Status == DocumentStatus.Approved
                    )
                ),
                Approved = db.Documents.Count(document => document.RequestId == request.Id && document.Status == DocumentStatus.Approved),
            })
            .Select(row => new DocumentRequestResponse
            {
                Id = row.Request.Id,
                CustomerId = row.Request.CustomerId,
                Kind = row.Request.Kind,
                Count = row.Request.Count,
                Received = row.Received,
                Approved = row.Approved,
                IsFulfilled = row.Received >= row.Request.Count,
                Note = row.Request.Note,
                RequestedBy = new UserReference(row.Request.RequestedBy.Id, row.Request.RequestedBy.Username),
                CreatedAt = row.Request.CreatedAt,
            });
}
