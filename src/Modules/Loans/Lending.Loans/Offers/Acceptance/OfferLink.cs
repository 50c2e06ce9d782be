using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Platform.Security;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>
/// A one-time link with which a customer answers one offer without an account. An offer has one that works at most, and only as long as it can be
/// answered and the customer has the e-mail that the link was made for.
/// </summary>
internal sealed class OfferLink : MailedLink, ITenantOwned
{
    private OfferLink() { }

    public OfferLink(LoanOffer offer, string email, string token, UserReference by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        OfferId = offer.Id;
        Email = email;
        TokenHash = Secret.Hash(token);
        // It never works longer than the offer is valid.
        ExpiresAt = offer.ValidUntil < now + Lifetime ? offer.ValidUntil.Value : now + Lifetime;
        CreatedBy = by;
        CreatedAt = now;
    }

    /// <summary>One with which an accepted offer is read and withdrawn from, and nothing else: it counts as used.</summary>
    public static OfferLink ToWithdraw(LoanOffer offer, string email, string token, UserReference by, DateTimeOffset now) =>
        new(offer, email, token, by, now) { ExpiresAt = offer.WithdrawalEndsAt!.Value, UsedAt = now };

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid OfferId { get; private init; }

    public LoanOffer Offer { get; private init; } = null!;

    /// <summary>The customer's e-mail when the link was made. Whoever reads mail there need not be the customer once they have another one.</summary>
    [Personal]
    public string Email { get; private init; } = null!;

    /// <summary>When the offer was accepted or declined with it; of a link to withdraw, when it was made.</summary>
    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>When it was revoked, or a newer link took its place.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    public UserReference CreatedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Whether the customer of the offer can still answer with it.</summary>
    public bool Works(LoanOffer offer, string? presentEmail, DateTimeOffset now) =>
        UsedAt is null && RevokedAt is null && ExpiresAt > now && offer.Status == OfferStatus.Approved && Email == presentEmail;

    /// <summary>It has answered. Who withdraws later gets codes of their own.</summary>
    public void Use(DateTimeOffset now)
    {
        UsedAt = now;
        ForgetCode();
    }

    public void Revoke(DateTimeOffset now) => RevokedAt = now;
}
