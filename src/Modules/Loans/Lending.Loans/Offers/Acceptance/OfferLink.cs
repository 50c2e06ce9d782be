using System.Security.Cryptography;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Platform.Security;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>
/// A one-time link with which a customer answers one offer without an account. An offer has one that works at most, and only as long as it can be
/// answered and the customer has the e-mail that the link was made for.
/// </summary>
internal sealed class OfferLink : ITenantOwned
{
    /// <summary>How long a link works at most; it never works longer than the offer is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>How long a code works.</summary>
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(15);

    /// <summary>How often somebody may try to give a code; then they need another one.</summary>
    public const int MostTries = 5;

    /// <summary>How many codes are mailed for a link: with as many tries of each, nobody guesses one of a million.</summary>
    public const int MostCodes = 10;

    private OfferLink() { }

    public OfferLink(LoanOffer offer, string email, string token, UserReference by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        OfferId = offer.Id;
        Email = email;
        TokenHash = Secret.Hash(token);
        ExpiresAt = offer.ValidUntil < now + Lifetime ? offer.ValidUntil.Value : now + Lifetime;
        CreatedBy = by;
        CreatedAt = now;
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid OfferId { get; private init; }

    public LoanOffer Offer { get; private init; } = null!;

    /// <summary>The customer's e-mail when the link was made. Whoever reads mail there need not be the customer once they have another one.</summary>
    [Personal]
    public string Email { get; private init; } = null!;

    [Secret]
    public byte[] TokenHash { get; private init; } = null!;

    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>When the offer was accepted or declined with it.</summary>
    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>When it was revoked, or a newer link took its place.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Of the code that was mailed last, together with the session that asked for it. Without that secret, the few codes that there are cannot be tried out on it.</summary>
    [Secret]
    public byte[]? CodeHash { get; private set; }

    public DateTimeOffset? CodeExpiresAt { get; private set; }

    /// <summary>How often somebody tried to give that code.</summary>
    public int CodeTries { get; private set; }

    /// <summary>How many codes were mailed, until there was none for a day, or it was answered.</summary>
    public int CodesSent { get; private set; }

    public UserReference CreatedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Who acts with a link, as the history calls them: nobody that has an account.</summary>
    public static UserReference Bearer { get; } = new(Guid.Empty, "link");

    /// <summary>Whether the customer of the offer can still answer with it.</summary>
    public bool Works(LoanOffer offer, string? presentEmail, DateTimeOffset now) =>
        UsedAt is null && RevokedAt is null && ExpiresAt > now && offer.Status == OfferStatus.Approved && Email == presentEmail;

    /// <summary>Remembers a new code, which works in this session alone; or tells why there is none.</summary>
    public Error? SetCode(string session, string code, DateTimeOffset now)
    {
        // So many a day: whoever holds the link alone must not use up for ever what its customer needs.
        if (CodeExpiresAt + TimeSpan.FromDays(1) <= now)
        {
            CodesSent = 0;
        }
        if (CodesSent >= MostCodes)
        {
            return OfferErrors.TooManyCodes;
        }
        CodeHash = HashOf(session, code);
        CodeExpiresAt = now + CodeLifetime;
        CodeTries = 0;
        CodesSent++;
        return null;
    }

    /// <summary>Counts a try, and tells why it is none, or null. A right code may be given again: what it was given for may have failed.</summary>
    public Error? TryCode(string session, string code, DateTimeOffset now)
    {
        if (CodeHash is null || CodeExpiresAt <= now || CodeTries >= MostTries)
        {
            return OfferErrors.CodeExpired;
        }
        CodeTries++;
        return CryptographicOperations.FixedTimeEquals(CodeHash, HashOf(session, code)) ? null : OfferErrors.CodeWrong;
    }

    /// <summary>It has answered. Who withdraws later gets codes of their own.</summary>
    public void Use(DateTimeOffset now) => (UsedAt, CodeHash, CodeExpiresAt, CodeTries, CodesSent) = (now, null, null, 0, 0);

    public void Revoke(DateTimeOffset now) => RevokedAt = now;

    private static byte[] HashOf(string session, string code) => Secret.Hash($"{session} {code}");
}
