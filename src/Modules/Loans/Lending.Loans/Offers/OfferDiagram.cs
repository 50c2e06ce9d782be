using System.Diagnostics;
using Lending.Kernel;
using static Lending.Loans.Offers.OfferStatus;

namespace Lending.Loans.Offers;

/// <summary>Which state of an offer follows which. The one place that knows: entity and database constraint both ask it.</summary>
internal static class OfferDiagram
{
    /// <summary>Every move that there is. No state is ever entered twice.</summary>
    public static readonly IReadOnlyList<(OfferStatus From, OfferStatus To)> Moves =
    [
        (Pending, Approved),
        (Pending, Rejected),
        (Pending, Cancelled),
        (Approved, Accepted),
        (Approved, Declined),
        (Approved, Expired),
        (Approved, Cancelled),
        (Accepted, Disbursed),
        (Accepted, Withdrawn),
        (Disbursed, Withdrawn),
    ];

    /// <summary>Why an offer cannot move so, or null.</summary>
    public static Error? FindObstacle(OfferStatus from, OfferStatus to)
    {
        if (Moves.Contains((from, to)))
        {
            return null;
        }
        return to switch
        {
            Approved or Rejected => OfferErrors.NotPending,
            Cancelled => OfferErrors.NotOpen,
            Accepted or Declined when from == Expired => OfferErrors.Expired,
            Accepted or Declined or Expired => OfferErrors.NotApproved,
            Disbursed or Withdrawn => OfferErrors.NotAccepted,
            _ => throw new UnreachableException(),
        };
    }
}
