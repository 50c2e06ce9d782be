using Lending.Identity.Users;
using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Identity.Authentication;

/// <summary>
/// A login and the refresh tokens that follow from it, of which only the newest works. A session that has ended is deleted.
/// </summary>
[NotAudited("Logins, logouts and step-ups have entries that say what they are; going on is no change.")]
internal sealed class Session : IListed
{
    /// <summary>A session that is not continued for so long ends.</summary>
    public static readonly TimeSpan IdleLifetime = TimeSpan.FromDays(7);

    /// <summary>A session ends so long after its login, however often it was continued.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private Session() { }

    public Session(
        Guid id,
        Guid userId,
        int accessVersion,
        byte[] tokenHash,
        Guid deviceId,
        ClientOfRequest client,
        DateTimeOffset? secondFactorAt,
        DateTimeOffset now
    )
    {
        Id = id;
        UserId = userId;
        AccessVersion = accessVersion;
        TokenHash = tokenHash;
        DeviceId = deviceId;
        DeviceName = client.Device;
        Address = client.Address;
        CreatedAt = now;
        LastUsedAt = now;
        SecondFactorAt = secondFactorAt;
        ExpiresAt = ExpiryOf(now, now);
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    /// <summary>The user's access version at login: the session ends when the user's moves on.</summary>
    public int AccessVersion { get; private set; }

    /// <summary>The hash of the newest refresh token.</summary>
    [Secret]
    public byte[] TokenHash { get; private set; } = [];

    /// <summary>The device that the user logged in on; null when it is forgotten.</summary>
    public Guid? DeviceId { get; private set; }

    /// <summary>With what the user logged in, in a few words.</summary>
    [Personal]
    public string DeviceName { get; private set; } = "";

    /// <summary>From where the session was used last.</summary>
    [Personal]
    public string Address { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset LastUsedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>When the user gave a second factor last in this session; null: never.</summary>
    public DateTimeOffset? SecondFactorAt { get; private set; }

    /// <summary>When this user proved last who they are: with a second factor if they have one, else by logging in; null: never.</summary>
    public DateTimeOffset? ProvedAt(User user) => user.TwoFactorEnabled ? SecondFactorAt : CreatedAt;

    /// <summary>When a session of this login ends that is continued now.</summary>
    public static DateTimeOffset ExpiryOf(DateTimeOffset createdAt, DateTimeOffset now) =>
        now + IdleLifetime < createdAt + Lifetime ? now + IdleLifetime : createdAt + Lifetime;
}
