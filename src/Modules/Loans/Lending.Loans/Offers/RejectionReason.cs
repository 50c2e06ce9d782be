namespace Lending.Loans.Offers;

/// <summary>Why there will be no loan.</summary>
internal enum RejectionReason
{
    /// <summary>The income does not bear the instalments.</summary>
    InsufficientIncome,

    /// <summary>Earlier credits speak against it.</summary>
    CreditHistory,

    /// <summary>Documents are missing or do not fit together.</summary>
    IncompleteDocuments,

    /// <summary>The building or plot does not suit the plant.</summary>
    UnsuitableProperty,

    /// <summary>What was said does not seem to be true.</summary>
    SuspectedFraud,

    /// <summary>Something else; see the comment.</summary>
    Other,
}
