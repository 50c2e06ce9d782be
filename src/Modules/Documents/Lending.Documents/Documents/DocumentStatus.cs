namespace Lending.Documents.Documents;

/// <summary>Where a document is on its way.</summary>
internal enum DocumentStatus
{
    /// <summary>Nobody has looked for viruses yet. Nobody can read it.</summary>
    Quarantined,

    /// <summary>A virus was found in it, and the file is deleted.</summary>
    Infected,

    /// <summary>It turned out that it cannot be read, and the file is deleted.</summary>
    Unreadable,

    /// <summary>It waits for somebody to decide on it.</summary>
    Pending,

    /// <summary>It counts.</summary>
    Approved,

    /// <summary>The customer is to send another one.</summary>
    Revision,

    /// <summary>It does not count.</summary>
    Rejected,

    /// <summary>It was approved, and its last day is over.</summary>
    Expired,
}

/// <summary>How somebody decides on a document.</summary>
internal enum ReviewDecision
{
    /// <summary>It counts.</summary>
    Approved,

    /// <summary>The customer is to send another one; what it is for goes on.</summary>
    Revision,

    /// <summary>It does not count.</summary>
    Rejected,
}

/// <summary>Why a document does not count.</summary>
internal enum ReviewReason
{
    /// <summary>It is blurred, cut off or too dark. For a revision.</summary>
    Illegible,

    /// <summary>Pages or sides are missing. For a revision.</summary>
    Incomplete,

    /// <summary>It is too old. For a revision.</summary>
    Outdated,

    /// <summary>It shows something else than its kind says. For a revision.</summary>
    WrongKind,

    /// <summary>It is somebody else's. For a revision or a rejection.</summary>
    WrongPerson,

    /// <summary>It was altered, or never real. For a rejection.</summary>
    NotGenuine,

    /// <summary>It is of a sort that the organisation does not take. For a rejection.</summary>
    NotAccepted,
}
