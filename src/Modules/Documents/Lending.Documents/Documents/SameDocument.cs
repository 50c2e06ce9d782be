using Lending.Documents.Contracts;

namespace Lending.Documents.Documents;

/// <summary>Which documents are the same: the file of a customer that was sent before as the same kind, and was not refused since.</summary>
internal static class SameDocument
{
    public static IQueryable<Document> WhereSame(this IQueryable<Document> documents, Upload upload) =>
        documents.Where(document =>
            document.CustomerId == upload.CustomerId
            && document.Kind == upload.Kind
            && document.Sha256 == upload.Sha256
            && (
                document.Status == DocumentStatus.Quarantined
                || document.Status == DocumentStatus.Pending
                || document.Status == DocumentStatus.Approved
            )
        );
}
