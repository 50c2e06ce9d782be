using Lending.Platform.Encryption;
using Lending.Platform.Privacy;

namespace Lending.Identity.SecondFactors;

/// <summary>A user's app that shows a new code every 30 seconds (TOTP, RFC 6238). It counts once a code of it has confirmed it.</summary>
internal sealed class TotpAuthenticator(Guid userId, Encrypted secret, DateTimeOffset createdAt)
{
    public Guid UserId { get; private set; } = userId;

    /// <summary>The shared secret, as people type it into an app.</summary>
    [Secret]
    public Encrypted Secret { get; private set; } = secret;

    /// <summary>The time step of the last code that was taken: neither it nor an earlier one is taken again.</summary>
    public long LastTimeStep { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; } = createdAt;

    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>Writes the same secret in another form.</summary>
    public void ReplaceSecret(string text) => Secret = text;
}
