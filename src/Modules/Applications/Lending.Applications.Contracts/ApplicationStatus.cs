namespace Lending.Applications.Contracts;

/// <summary>Where an application is.</summary>
public enum ApplicationStatus
{
    /// <summary>It is being filled in.</summary>
    Draft,

    /// <summary>It is complete, and waits for its decision.</summary>
    Submitted,

    /// <summary>Evidence is missing.</summary>
    Collecting,

    /// <summary>It is being decided on by policy.</summary>
    Assessing,

    /// <summary>Its loan may be offered.</summary>
    Approved,

    /// <summary>Its loan may be offered as soon as conditions are met.</summary>
    Conditional,

    /// <summary>A person decides.</summary>
    InReview,

    /// <summary>It is refused.</summary>
    Declined,

    /// <summary>It is refused, and the customer asked for a person.</summary>
    ReviewRequested,

    /// <summary>The customer accepted the loan.</summary>
    Contracted,

    /// <summary>Nothing came of it in time.</summary>
    Expired,

    /// <summary>The customer does not want it any more.</summary>
    Withdrawn,

    /// <summary>More is asked for than was approved: it is filled in and decided on anew.</summary>
    Reassessing,
}
