using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>What a customer accepted, when and how: frozen, whatever is changed elsewhere. Never changed once it is saved.</summary>
internal sealed class OfferAcceptance : ITenantOwned
{
    private OfferAcceptance() { }

    public OfferAcceptance(OfferContent content, Signature signature, DateTimeOffset now)
    {
        OfferId = content.OfferId;
        Version = content.Version;
        var json = content.ToJson();
        Content = json;
        ContentFormatVersion = OfferContent.FormatVersion;
        DocumentHash = OfferContent.Hash(json);
        Schedule = FrozenSchedule.Of(content.Quote).ToJson();
        TypedName = signature.TypedName;
        OverLink = signature.OverLink;
        CodeChannel = signature.Code?.Channel;
        IpAddress = signature.IpAddress;
        UserAgent = signature.UserAgent;
        AcceptedAt = now;
    }

    public Guid OfferId { get; private init; }

    public Guid OrganizationId { get; private init; }

    public LoanOffer Offer { get; private init; } = null!;

    public int Version { get; private init; }

    [Personal]
    public string TypedName { get; private init; } = null!;

    public DateTimeOffset AcceptedAt { get; private init; }

    public bool OverLink { get; private init; }

    /// <summary>How the code came that was given; null where none was, or nobody asked for one yet.</summary>
    public CodeChannel? CodeChannel { get; private init; }

    /// <summary>Personal data, for staff only.</summary>
    [Personal]
    public string? IpAddress { get; private init; }

    /// <summary>Personal data, for staff only.</summary>
    [Personal]
    public string? UserAgent { get; private init; }

    /// <summary>What else speaks for it.</summary>
    public AcceptanceEvidence Evidence { get; private set; } = new();

    /// <summary>The JSON of <see cref="OfferContent"/>, as it was hashed.</summary>
    [Personal]
    public Encrypted Content { get; private init; } = null!;

    /// <summary>Which format the JSON has; see <see cref="OfferContent.FormatVersion"/>.</summary>
    public int ContentFormatVersion { get; private init; }

    [NotPersonal]
    public byte[] DocumentHash { get; private init; } = null!;

    /// <summary>The JSON of <see cref="FrozenSchedule"/>.</summary>
    [NotPersonal]
    public string Schedule { get; private init; } = null!;

    /// <summary>Keeps what else speaks for it, before it is saved.</summary>
    public void Keep(AcceptanceEvidence evidence) => Evidence = evidence;
}
