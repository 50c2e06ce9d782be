using Lending.Platform.Audit;
using Lending.Platform.Privacy;

namespace Lending.Identity.SecondFactors;

/// <summary>What a challenge is for; one for another purpose does not work.</summary>
internal enum ChallengePurpose
{
    /// <summary>The second step of a login whose password was right.</summary>
    Login,

    /// <summary>A login by passkey alone.</summary>
    PasskeyLogin,

    /// <summary>A new passkey of a user who is logged in.</summary>
    Registration,

    /// <summary>A second factor of a user who is logged in.</summary>
    Proof,
}

/// <summary>
/// Something that is under way until a second factor is given: its token finds it for five minutes and five tries. It is deleted when it has succeeded.
/// </summary>
[NotAudited("A question for five minutes; what comes of the answer has an entry.")]
internal sealed class Challenge(
    byte[] tokenHash,
    ChallengePurpose purpose,
    Guid? userId,
    int accessVersion,
    string? passkeyState,
    DateTimeOffset expiresAt
)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public const int MostTries = 5;

    [Secret]
    public byte[] TokenHash { get; private set; } = tokenHash;

    public ChallengePurpose Purpose { get; private set; } = purpose;

    /// <summary>Whose; null where the passkey will tell.</summary>
    public Guid? UserId { get; private set; } = userId;

    /// <summary>The user's access version then: a changed password ends what is under way.</summary>
    public int AccessVersion { get; private set; } = accessVersion;

    /// <summary>What ASP.NET Core Identity has to know again when the passkey answers.</summary>
    [Secret]
    public string? PasskeyState { get; private set; } = passkeyState;

    public int Tries { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; } = expiresAt;
}
