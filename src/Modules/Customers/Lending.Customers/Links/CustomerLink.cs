using System.Security.Cryptography;
using Lending.Kernel;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Platform.Security;

namespace Lending.Customers.Links;

/// <summary>
/// A link of a mail with which a customer comes to what is theirs, without an account. It works as long as the customer has the e-mail that it was made for, and shows
/// nothing to a session that gave no code.
/// </summary>
internal sealed class CustomerLink : MailedLink, ITenantOwned
{
    /// <summary>How long the pages stay open after a code: long enough to look for a paper and photograph it.</summary>
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(2);

    private CustomerLink() { }

    public CustomerLink(Guid customerId, string email, string token, UserReference by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        CustomerId = customerId;
        Email = email;
        TokenHash = Secret.Hash(token);
        ExpiresAt = now + Lifetime;
        CreatedBy = by;
        CreatedAt = now;
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid CustomerId { get; private init; }

    /// <summary>The customer's e-mail when the link was made. Whoever reads mail there need not be the customer once they have another one.</summary>
    [Personal]
    public Encrypted Email { get; private init; } = "";

    /// <summary>Of the session that gave a code last.</summary>
    [Secret]
    public byte[]? SessionHash { get; private set; }

    public DateTimeOffset? SessionEndsAt { get; private set; }

    public UserReference CreatedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Opens the pages in this session if the code is right; a code does so once.</summary>
    public Error? Confirm(string session, string code, DateTimeOffset now)
    {
        if (TryCode(session, code, now) is { } error)
        {
            return error;
        }
        ForgetCode();
        (SessionHash, SessionEndsAt) = (Secret.Hash(session), now + SessionLifetime);
        return null;
    }

    /// <summary>Whether the pages are open in this session.</summary>
    public bool IsOpenIn(string session, DateTimeOffset now) =>
        SessionEndsAt > now && CryptographicOperations.FixedTimeEquals(SessionHash, Secret.Hash(session));
}
