namespace Lending.Documents.Contracts;

/// <summary>The permissions that this module's slices ask for.</summary>
public static class DocumentsPermission
{
    /// <summary>Read documents and what was asked for.</summary>
    public const string DocumentsRead = "documents:read";

    /// <summary>Send documents: one's own, or a customer's.</summary>
    public const string DocumentsUpload = "documents:upload";

    /// <summary>Ask customers for documents.</summary>
    public const string DocumentsRequest = "documents:request";

    /// <summary>Decide on documents.</summary>
    public const string DocumentsReview = "documents:review";
}
