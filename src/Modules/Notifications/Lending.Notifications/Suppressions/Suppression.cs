using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Notifications.Suppressions;

/// <summary>That an organisation's mails to an address are not sent any more, as one came back for good. Which address, only a keyed hash says.</summary>
internal sealed class Suppression : ITenantOwned, IListed
{
    public const int MaximumStatusLength = 20;

    private static readonly EncryptedColumn HashColumn = new("notifications.suppressions", "address_hash");

    private Suppression() { }

    public Suppression(byte[] addressHash, Guid notificationId, Guid? customerId, string status, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        AddressHash = addressHash;
        (NotificationId, CustomerId) = (notificationId, customerId);
        (Status, CreatedAt) = (status, now);
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    [Personal]
    public byte[] AddressHash { get; private init; } = [];

    /// <summary>The message that came back. It may be deleted since.</summary>
    public Guid NotificationId { get; private init; }

    /// <summary>The customer to whom it went, if it is one.</summary>
    public Guid? CustomerId { get; private init; }

    /// <summary>Why it came back: a code of RFC 3463.</summary>
    [NotPersonal]
    public string Status { get; private init; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>By what an address is found, in any case of letters.</summary>
    public static byte[] HashOf(KeyRing ring, string address) => ring.SearchHash(HashColumn, address);
}
