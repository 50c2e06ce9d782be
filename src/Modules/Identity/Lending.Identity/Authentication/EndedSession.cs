using Lending.Platform.Audit;

namespace Lending.Identity.Authentication;

/// <summary>A session that has ended while access tokens of it may not have expired yet: they do not work any more.</summary>
[NotAudited("It follows from the end of a session, which has an entry.")]
internal sealed class EndedSession(Guid sessionId, DateTimeOffset tokensExpireAt)
{
    public Guid SessionId { get; private set; } = sessionId;

    /// <summary>When the last of them expires; from then on nobody needs the row.</summary>
    public DateTimeOffset TokensExpireAt { get; private set; } = tokensExpireAt;
}
