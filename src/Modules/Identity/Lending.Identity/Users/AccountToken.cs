using Lending.Platform.Privacy;

namespace Lending.Identity.Users;

/// <summary>A secret that was mailed to somebody and works once. An account has one of each purpose at most: a new one takes the old one's place.</summary>
internal sealed class AccountToken
{
    private AccountToken() { }

    public Guid Id { get; private init; }

    public Guid UserId { get; private init; }

    public AccountTokenPurpose Purpose { get; private init; }

    [Secret]
    public byte[] TokenHash { get; private init; } = null!;

    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>The address that it was mailed on behalf of: the account's at that time.</summary>
    [Personal]
    public string NormalizedEmail { get; private init; } = "";

    /// <summary>The user's access version at that time.</summary>
    public int AccessVersion { get; private init; }

    /// <summary>The address that a change of e-mail is about.</summary>
    [Personal]
    public string? NewEmail { get; private init; }
}

/// <summary>What a mailed secret is good for.</summary>
internal enum AccountTokenPurpose
{
    /// <summary>Setting the first password.</summary>
    Invitation,

    /// <summary>Showing that the e-mail is one's own.</summary>
    EmailConfirmation,

    /// <summary>Setting a new password.</summary>
    PasswordReset,

    /// <summary>Showing that the new e-mail is one's own.</summary>
    EmailChange,
}
