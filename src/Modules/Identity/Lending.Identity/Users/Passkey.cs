using Lending.Platform.Privacy;
using Microsoft.AspNetCore.Identity;

namespace Lending.Identity.Users;

/// <summary>A passkey of a user (WebAuthn): a key pair whose private half never leaves the user's device.</summary>
internal sealed class Passkey
{
    public const int MaximumNameLength = 60;

    /// <summary>The longest id of a credential that WebAuthn allows, in bytes.</summary>
    public const int MaximumCredentialIdBytes = 1023;

    private Passkey() { }

    public Passkey(Guid id, Guid userId, string name, UserPasskeyInfo registered, DateTimeOffset now)
    {
        Id = id;
        UserId = userId;
        Name = name;
        CredentialId = registered.CredentialId;
        PublicKey = registered.PublicKey;
        SignCount = registered.SignCount;
        Transports = registered.Transports ?? [];
        IsUserVerified = registered.IsUserVerified;
        IsBackupEligible = registered.IsBackupEligible;
        IsBackedUp = registered.IsBackedUp;
        CreatedAt = now;
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    /// <summary>What the user calls it.</summary>
    [Personal]
    public string Name { get; private set; } = "";

    /// <summary>By which authenticators know it.</summary>
    [Personal]
    public byte[] CredentialId { get; private set; } = [];

    [Personal]
    public byte[] PublicKey { get; private set; } = [];

    /// <summary>How often it has signed, as far as its authenticator counts.</summary>
    public long SignCount { get; private set; }

    [NotPersonal]
    public string[] Transports { get; private set; } = [];

    public bool IsUserVerified { get; private set; }

    public bool IsBackupEligible { get; private set; }

    public bool IsBackedUp { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>The passkey as ASP.NET Core Identity wants it. Nobody needs what its registration was proved with.</summary>
    public UserPasskeyInfo ToInfo() =>
        new(
            CredentialId,
            PublicKey,
            CreatedAt,
            (uint)SignCount,
            Transports,
            IsUserVerified,
            IsBackupEligible,
            IsBackedUp,
            attestationObject: [],
            clientDataJson: []
        )
        {
            Name = Name,
        };
}
