namespace Lending.Loans.Offers;

/// <summary>How far the decision has got.</summary>
/// <remarks><see cref="OfferDiagram"/> says which state follows which.</remarks>
internal enum OfferStatus
{
    /// <summary>Nobody has decided yet; the only state in which an offer can be changed or deleted.</summary>
    Pending,

    /// <summary>The customer may accept it, as long as it is valid.</summary>
    Approved,

    /// <summary>There will be no loan.</summary>
    Rejected,

    /// <summary>The customer has accepted it; the loan may be paid out.</summary>
    Accepted,

    /// <summary>The customer does not want it.</summary>
    Declined,

    /// <summary>Nobody accepted it as long as it was valid.</summary>
    Expired,

    /// <summary>The installer took it back before it was accepted.</summary>
    Cancelled,

    /// <summary>The customer took the acceptance back within the withdrawal period, before the payout or after it.</summary>
    Withdrawn,

    /// <summary>The loan was paid out.</summary>
    Disbursed,
}
