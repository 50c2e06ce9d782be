namespace Lending.Documents.Contracts;

/// <summary>Where a document is on its way.</summary>
public enum DocumentStatus
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
