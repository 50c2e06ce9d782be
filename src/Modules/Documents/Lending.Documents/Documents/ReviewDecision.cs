namespace Lending.Documents.Documents;

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
