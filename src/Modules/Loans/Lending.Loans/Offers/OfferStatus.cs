namespace Lending.Loans.Offers;

/// <summary>The states of a loan offer: PENDING to APPROVED or REJECTED, APPROVED to DISBURSED.</summary>
internal enum OfferStatus
{
    /// <summary>Nobody has decided yet; the only state in which an offer can be changed or deleted.</summary>
    Pending,

    /// <summary>The loan may be paid out.</summary>
    Approved,

    /// <summary>There will be no loan.</summary>
    Rejected,

    /// <summary>The loan was paid out.</summary>
    Disbursed,
}
