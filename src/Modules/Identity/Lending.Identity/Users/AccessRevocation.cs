using Lending.Platform.Audit;

namespace Lending.Identity.Users;

/// <summary>
/// Access tokens of the user with a smaller version than this one do not work any more, from this moment on. It has a table of its own, because it is
/// needed after the user is deleted, too.
/// </summary>
[NotAudited("It follows from a change of the user, which has an entry.")]
internal sealed class AccessRevocation(Guid id, Guid userId, int accessVersion, DateTimeOffset revokedAt)
{
    /// <summary>A version that no token has: it revokes all tokens of a deleted user.</summary>
    public const int AllVersions = int.MaxValue;

    public Guid Id { get; private set; } = id;

    public Guid UserId { get; private set; } = userId;

    public int AccessVersion { get; private set; } = accessVersion;

    public DateTimeOffset RevokedAt { get; private set; } = revokedAt;
}
