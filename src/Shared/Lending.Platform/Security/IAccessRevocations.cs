namespace Lending.Platform.Security;

/// <summary>Tells whether a token that is valid in itself was taken back since: the user was deactivated, or changed role or password; or the session has ended.</summary>
public interface IAccessRevocations
{
    /// <summary>True when tokens of this access version no longer work for the user, or those of the session do not. May lag by a few seconds, never by 30.</summary>
    ValueTask<bool> IsRevokedAsync(Guid userId, int accessVersion, Guid sessionId, CancellationToken ct);
}
