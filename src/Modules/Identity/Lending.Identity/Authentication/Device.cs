using Lending.Platform.Audit;
using Lending.Platform.Privacy;

namespace Lending.Identity.Authentication;

/// <summary>
/// Where a user has logged in before, proved by a token that the client keeps. Attempts there are counted here and not for the account, so that others'
/// failures never lock a user out of their own device.
/// </summary>
[NotAudited("It is made and used by a login, which has an entry.")]
internal sealed class Device(Guid id, Guid userId, byte[] tokenHash, DateTimeOffset createdAt)
{
    /// <summary>A user's device that was not used for so long is forgotten.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    /// <summary>More than these of one user are not remembered: those that were not used for longest are forgotten.</summary>
    public const int MostOfOneUser = 20;

    public Guid Id { get; private set; } = id;

    public Guid UserId { get; private set; } = userId;

    /// <summary>The hash of the token.</summary>
    [Secret]
    public byte[] TokenHash { get; private set; } = tokenHash;

    /// <summary>Failed attempts since the last login; too many, and attempts there count for the account.</summary>
    public int FailedCount { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; } = createdAt;

    public DateTimeOffset LastUsedAt { get; private set; } = createdAt;

    /// <summary>The user has logged in there.</summary>
    public void Use(DateTimeOffset now) => LastUsedAt = now;
}
