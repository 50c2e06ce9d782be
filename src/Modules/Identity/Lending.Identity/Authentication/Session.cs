namespace Lending.Identity.Authentication;

/// <summary>
/// A login and the refresh tokens that follow from it, of which only the newest works. A session that has ended is deleted.
/// </summary>
internal sealed class Session(Guid id, Guid userId, int accessVersion, byte[] tokenHash, DateTimeOffset createdAt, DateTimeOffset expiresAt)
{
    public Guid Id { get; private set; } = id;

    public Guid UserId { get; private set; } = userId;

    /// <summary>The user's access version at login: the session ends when the user's moves on.</summary>
    public int AccessVersion { get; private set; } = accessVersion;

    /// <summary>The hash of the newest refresh token.</summary>
    public byte[] TokenHash { get; private set; } = tokenHash;

    public DateTimeOffset CreatedAt { get; private set; } = createdAt;

    public DateTimeOffset ExpiresAt { get; private set; } = expiresAt;
}
