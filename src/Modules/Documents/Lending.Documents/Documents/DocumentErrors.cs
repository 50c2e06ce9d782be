using Lending.Kernel;

namespace Lending.Documents.Documents;

internal static class DocumentErrors
{
    public static readonly Error NotPending = Error.Conflict(
        "document-not-pending",
        "It was decided on already, or nobody has looked for viruses yet."
    );

    public static readonly Error NotReadable = Error.Conflict(
        "document-not-readable",
        "Nobody has looked for viruses yet, or something was found: the file is not given out."
    );

    public static readonly Error WrongReason = Error.Validation(
        "wrong-reason",
        "An approval has no reason; a revision and a rejection have one of their own lists.",
        "reason"
    );

    public static readonly Error WrongDay = Error.Validation(
        "wrong-day",
        "Only what is approved has a last day, which is not over yet.",
        "validUntil"
    );

    public static readonly Error CustomerHasDocuments = Error.Conflict(
        "customer-has-documents",
        "The customer has sent documents, or was asked for some. Erasing the customer deletes them."
    );

    public static readonly Error OtherKind = Error.Conflict("document-of-other-kind", "Something else was asked for.", "kind");

    public static readonly Error UnknownRequest = Error.Validation("unknown-request", "The customer was not asked for this.", "requestId");
}
