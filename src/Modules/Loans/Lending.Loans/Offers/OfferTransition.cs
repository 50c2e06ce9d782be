using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Loans.Offers;

/// <summary>A row of an offer's history: who moved it from one state to another, when and why. Never changed.</summary>
[NotAudited("It is a history itself, and the offer's change has an entry.")]
internal sealed class OfferTransition : ITenantOwned
{
    /// <summary>The longest comment, in characters.</summary>
    public const int MaximumCommentLength = ILinkedOffers.MaximumCommentLength;

    private OfferTransition() { }

    public OfferTransition(
        OfferStatus? from,
        OfferStatus to,
        UserReference by,
        string? comment,
        DateTimeOffset at,
        RejectionReason? reason = null
    )
    {
        Id = Guid.CreateVersion7(at);
        From = from;
        To = to;
        By = by;
        Reason = reason;
        Comment = comment;
        At = at;
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public LoanOffer Offer { get; private init; } = null!;

    /// <summary>Null for the creation.</summary>
    public OfferStatus? From { get; private init; }

    public OfferStatus To { get; private init; }

    public UserReference By { get; private init; } = null!;

    /// <summary>Of a rejection only.</summary>
    public RejectionReason? Reason { get; private init; }

    [Personal]
    public string? Comment { get; private init; }

    public DateTimeOffset At { get; private init; }
}
