using System.Buffers.Text;
using System.Security.Cryptography;
using Lending.Platform.Encryption;

namespace Lending.Notifications.Preferences;

/// <summary>
/// Tokens of the links by which mails are switched off. Nothing is stored of them: they say whom and what they are about, signed, and go on working as long as the
/// search key lives. They let nobody see anything.
/// </summary>
internal sealed class UnsubscribeTokens(KeyRing ring)
{
    private const string Purpose = "unsubscribe";
    private const int IdBytes = 16;
    private const int ContentBytes = (2 * IdBytes) + 2;
    private const int SignatureBytes = 16;

    /// <summary>A token that switches off what this person gets about a topic by mail.</summary>
    public string Write(Guid organizationId, Person person, NotificationTopic topic)
    {
        Span<byte> bytes = stackalloc byte[ContentBytes + SignatureBytes];
        organizationId.TryWriteBytes(bytes);
        (person.CustomerId ?? person.UserId!.Value).TryWriteBytes(bytes[IdBytes..]);
        bytes[2 * IdBytes] = person.CustomerId is null ? (byte)1 : (byte)0;
        bytes[ContentBytes - 1] = (byte)topic;
        SignatureOf(bytes[..ContentBytes]).CopyTo(bytes[ContentBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>What a token is about; null for one that we did not make.</summary>
    public (Guid OrganizationId, Person Person, NotificationTopic Topic)? Read(string token)
    {
        if (!Base64Url.IsValid(token, out var length) || length != ContentBytes + SignatureBytes)
        {
            return null;
        }
        ReadOnlySpan<byte> bytes = Base64Url.DecodeFromChars(token);
        if (!CryptographicOperations.FixedTimeEquals(SignatureOf(bytes[..ContentBytes]), bytes[ContentBytes..]))
        {
            return null;
        }
        var id = new Guid(bytes[IdBytes..(2 * IdBytes)]);
        var person = bytes[2 * IdBytes] == 0 ? new Person(id, null) : new Person(null, id);
        return (new Guid(bytes[..IdBytes]), person, (NotificationTopic)bytes[ContentBytes - 1]);
    }

    // 128 bits of it are more than anybody tries.
    private ReadOnlySpan<byte> SignatureOf(ReadOnlySpan<byte> content) => ring.Sign(Purpose, content).AsSpan(0, SignatureBytes);
}
