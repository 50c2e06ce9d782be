using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Loans.Offers.Versions;

/// <summary>A version of an offer that its customer saw before the terms were changed. Never changed.</summary>
[NotAudited("It is a history itself, and the offer's change has an entry.")]
internal sealed class OfferVersion : ITenantOwned
{
    private OfferVersion() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public LoanOffer Offer { get; private init; } = null!;

    /// <summary>The customer whom this version was made for; the offer may be another one's since.</summary>
    public Guid CustomerId { get; private init; }

    public int Number { get; private init; }

    /// <summary>The JSON of <see cref="OfferContent"/>, as it was hashed.</summary>
    [Personal]
    public Encrypted Content { get; private init; } = null!;

    /// <summary>Which format the JSON has; see <see cref="OfferContent.FormatVersion"/>.</summary>
    public int ContentFormatVersion { get; private init; }

    [NotPersonal]
    public byte[] DocumentHash { get; private init; } = null!;

    public UserReference MadeBy { get; private init; } = null!;

    public DateTimeOffset MadeAt { get; private init; }

    /// <summary>The present version of an offer, to be kept.</summary>
    public static OfferVersion Of(LoanOffer offer)
    {
        var content = OfferContent.Of(offer).ToJson();
        return new OfferVersion
        {
            Id = Guid.CreateVersion7(offer.TermsAt),
            CustomerId = offer.Customer.Id,
            Number = offer.Version,
            Content = content,
            ContentFormatVersion = OfferContent.FormatVersion,
            DocumentHash = OfferContent.Hash(content),
            MadeBy = offer.TermsBy,
            MadeAt = offer.TermsAt,
        };
    }
}
