using Lending.Platform.Audit;
using Lending.Platform.Persistence;

namespace Lending.Loans.Offers.Versions;

/// <summary>The mark that the customer has seen a version of an offer. Written by <see cref="SeenMarks"/> alone.</summary>
[NotAudited("It says itself when which customer saw which version of their own offer.")]
internal sealed class OfferView : ITenantOwned
{
    public Guid OrganizationId { get; private init; }

    public Guid OfferId { get; private init; }

    public int Version { get; private init; }

    public DateTimeOffset FirstSeenAt { get; private init; }

    public LoanOffer Offer { get; private init; } = null!;
}
