namespace Lending.Identity.Authentication;

/// <summary>
/// Says since when a user's access tokens of an earlier version than this no longer work. Kept apart from the user, so that it outlives them.
/// </summary>
internal sealed class AccessRevocation(Guid id, Guid userId, int accessVersion, DateTimeOffset revokedAt)
{
    /// <summary>The version that no token reaches: that of a deleted user.</summary>
    public const int AllVersions = int.MaxValue;

    public Guid Id { get; private set; } = id;

    public Guid UserId { get; private set; } = userId;

    public int AccessVersion { get; private set; } = accessVersion;

    public DateTimeOffset RevokedAt { get; private set; } = revokedAt;
}
