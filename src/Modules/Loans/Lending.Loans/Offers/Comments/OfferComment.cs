using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Loans.Offers.Comments;

/// <summary>Who can read a comment.</summary>
internal enum CommentVisibility
{
    /// <summary>The organisation's own people.</summary>
    Internal,

    /// <summary>The customer, too.</summary>
    Customer,
}

/// <summary>What somebody said about an offer. Never changed.</summary>
internal sealed class OfferComment : ITenantOwned, IListed
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaximumTextLength = 2000;

    private OfferComment() { }

    public OfferComment(Guid offerId, Guid customerId, string text, CommentVisibility visibility, UserReference by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        OfferId = offerId;
        CustomerId = customerId;
        Text = text;
        Visibility = visibility;
        CreatedBy = by;
        CreatedAt = now;
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid OfferId { get; private init; }

    public LoanOffer Offer { get; private init; } = null!;

    /// <summary>The customer of the offer when it was said; the offer may be another one's since.</summary>
    public Guid CustomerId { get; private init; }

    [Personal]
    public string Text { get; private init; } = null!;

    public CommentVisibility Visibility { get; private init; }

    public UserReference CreatedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }
}
