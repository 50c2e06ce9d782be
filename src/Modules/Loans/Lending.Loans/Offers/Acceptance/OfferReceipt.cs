using System.Security.Cryptography;
using System.Text;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Platform.Security;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>That a receipt of an acceptance was made: the hash of the file, signed. The file itself is the customer's. Never changed.</summary>
internal sealed class OfferReceipt : ITenantOwned
{
    private OfferReceipt() { }

    public OfferReceipt(Guid offerId, byte[] file, SealKeys keys, DateTimeOffset now)
    {
        OfferId = offerId;
        FileHash = SHA256.HashData(file);
        SealedAt = now;
        KeyId = keys.ActiveId;
        Signature = keys.Sign(HashToSign());
    }

    public Guid OfferId { get; private init; }

    public Guid OrganizationId { get; private init; }

    public LoanOffer Offer { get; private init; } = null!;

    /// <summary>The SHA-256 of the file.</summary>
    [NotPersonal]
    public byte[] FileHash { get; private init; } = null!;

    public DateTimeOffset SealedAt { get; private init; }

    /// <summary>The key of the signature.</summary>
    [NotPersonal]
    public string KeyId { get; private init; } = null!;

    /// <summary>The signature of what it is of, which file it is, and when.</summary>
    [NotPersonal]
    public byte[] Signature { get; private init; } = null!;

    /// <summary>Whether somebody has changed it since.</summary>
    public SignatureState CheckSeal(SealKeys keys) => keys.Check(KeyId, HashToSign(), Signature);

    // It begins with what it is of, so that a signature of anything else never passes for it.
    private byte[] HashToSign() =>
        SHA256.HashData(
            Encoding.UTF8.GetBytes($"lending:receipt:{OfferId}:{SealedAt.UtcTicks}:sha256:{Convert.ToHexStringLower(FileHash)}")
        );
}
