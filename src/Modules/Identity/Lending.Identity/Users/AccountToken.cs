using Lending.Platform.Security;

namespace Lending.Identity.Users;

/// <summary>A secret that was mailed to somebody and works once. An account has one of each purpose at most: a new one takes the old one's place.</summary>
internal sealed class AccountToken
{
    private AccountToken() { }

    public AccountToken(User user, AccountTokenPurpose purpose, string token, DateTimeOffset now, string? newEmail = null)
    {
        Id = Guid.CreateVersion7(now);
        UserId = user.Id;
        Purpose = purpose;
        TokenHash = Secret.Hash(token);
        ExpiresAt = now + LifetimeOf(purpose);
        NewEmail = newEmail;
    }

    public Guid Id { get; private init; }

    public Guid UserId { get; private init; }

    public AccountTokenPurpose Purpose { get; private init; }

    public byte[] TokenHash { get; private init; } = null!;

    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>The address that a change of e-mail is about.</summary>
    public string? NewEmail { get; private init; }

    private static TimeSpan LifetimeOf(AccountTokenPurpose purpose) =>
        purpose switch
        {
            AccountTokenPurpose.Invitation => TimeSpan.FromDays(7),
            AccountTokenPurpose.EmailConfirmation => TimeSpan.FromDays(1),
            _ => TimeSpan.FromMinutes(30),
        };
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
