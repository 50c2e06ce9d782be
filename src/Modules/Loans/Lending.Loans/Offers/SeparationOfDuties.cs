using Lending.Identity.Contracts;
using Lending.Kernel;

namespace Lending.Loans.Offers;

/// <summary>Who may decide on an offer: not who made it, where the organisation asks for four eyes or six.</summary>
internal static class SeparationOfDuties
{
    /// <summary>Why somebody may not approve the offer where this approver is asked for, or null.</summary>
    public static Error? FindObstacleToApprove(this LoanOffer offer, Approver approver, Guid userId, bool isUnderwriter) =>
        OfferDiagram.FindObstacle(offer.Status, OfferStatus.Approved)
        ?? approver switch
        {
            Approver.Underwriter when !isUnderwriter => OfferErrors.UnderwriterRequired,
            // An underwriter may have made the offer as an installer.
            Approver.SecondPerson or Approver.Underwriter when offer.IsTermsOf(userId) => OfferErrors.SecondPersonRequired,
            _ => null,
        };

    /// <summary>
    /// Why somebody may not pay the loan out where this approver is asked for, or null: unless installers decide alone, nobody pays out what they made,
    /// changed or approved.
    /// </summary>
    public static Error? FindObstacleToDisburse(this LoanOffer offer, Approver approver, Guid approvedBy, Guid userId) =>
        OfferDiagram.FindObstacle(offer.Status, OfferStatus.Disbursed)
        ?? (approver != Approver.Installer && (offer.IsTermsOf(userId) || userId == approvedBy) ? OfferErrors.ThirdPersonRequired : null);

    private static bool IsTermsOf(this LoanOffer offer, Guid userId) => userId == offer.CreatedBy.Id || userId == offer.TermsBy.Id;
}
