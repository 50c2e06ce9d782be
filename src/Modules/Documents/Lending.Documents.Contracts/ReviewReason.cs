namespace Lending.Documents.Contracts;

/// <summary>Why a document does not count.</summary>
public enum ReviewReason
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
