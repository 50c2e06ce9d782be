namespace Lending.Applications.Policies;

/// <summary>Where a policy of an organisation is.</summary>
internal enum PolicyStatus
{
    /// <summary>It can be changed.</summary>
    Draft,

    /// <summary>It no longer changes, and nothing is decided by it.</summary>
    Committed,

    /// <summary>It decides beside the live one, for nothing but to be compared. At most one does.</summary>
    Shadow,

    /// <summary>Applications are decided on by it. At most one is.</summary>
    Live,

    /// <summary>It was taken out of use.</summary>
    Retired,
}
