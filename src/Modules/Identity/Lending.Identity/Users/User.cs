using Lending.Identity.Users.PermissionGroups;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Identity;

namespace Lending.Identity.Users;

/// <summary>Somebody who can log in, once there is a password.</summary>
internal sealed class User : IdentityUser<Guid>, ITenantOwned
{
    private User() { }

    public User(Guid id, string username, string email, Role role, Guid organizationId, DateTimeOffset now, Guid? customerId = null)
    {
        Id = id;
        OrganizationId = organizationId;
        Role = role;
        CustomerId = customerId;
        Active = true;
        CreatedAt = now;
        Rename(username, email, now);
    }

    public Guid OrganizationId { get; private set; }

    public Role Role { get; private set; }

    public bool Active { get; private set; }

    /// <summary>The group that says which of the role's permissions the user has; null: all of them.</summary>
    public Guid? PermissionGroupId { get; private set; }

    /// <summary>The same; always read with the user.</summary>
    public PermissionGroup? PermissionGroup { get; private set; }

    /// <summary>The customer whose account this is.</summary>
    public Guid? CustomerId { get; private set; }

    /// <summary>Counts up whenever earlier access tokens and sessions have to stop working.</summary>
    public int AccessVersion { get; private set; }

    /// <summary>When the failed attempts to log in are forgotten. Until when they lock the account stands in <c>LockoutEnd</c>.</summary>
    public DateTimeOffset? FailuresExpireAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    /// <summary>Whether the user manages the organisation and is active.</summary>
    public bool IsAdministrator => Role == Role.Admin && Active;

    public UserReference Reference => new(Id, UserName!);

    /// <summary>The form in which names and e-mails are compared; the same as that of <see cref="UpperInvariantLookupNormalizer"/>.</summary>
    public static string Normalize(string nameOrEmail) => nameOrEmail.Normalize().ToUpperInvariant();

    public void Rename(string username, string email, DateTimeOffset now)
    {
        if (username == UserName && email == Email)
        {
            return;
        }
        UserName = username;
        NormalizedUserName = Normalize(username);
        Email = email;
        NormalizedEmail = Normalize(email);
        UpdatedAt = now;
    }

    /// <summary>Gives the user this role, state and permission group. Answers the revocation of their access tokens; null when the tokens may go on working.</summary>
    public AccessRevocation? Change(Role role, bool active, Guid? permissionGroupId, DateTimeOffset now)
    {
        if (role == Role && active == Active && permissionGroupId == PermissionGroupId)
        {
            return null;
        }
        var revokes = role != Role || (Active && !active) || permissionGroupId != PermissionGroupId;
        Role = role;
        Active = active;
        PermissionGroupId = permissionGroupId;
        UpdatedAt = now;
        return revokes ? RevokeAccess(now) : null;
    }

    /// <summary>Sets a new password and ends every session.</summary>
    public AccessRevocation ChangePassword(string passwordHash, DateTimeOffset now)
    {
        PasswordHash = passwordHash;
        UpdatedAt = now;
        return RevokeAccess(now);
    }

    /// <summary>Ends every session.</summary>
    public AccessRevocation EndSessions(DateTimeOffset now) => RevokeAccess(now);

    /// <summary>The user has a second factor from now on. With the first one, every session ends; null when there was one before.</summary>
    public AccessRevocation? SwitchSecondFactorOn(DateTimeOffset now)
    {
        if (TwoFactorEnabled)
        {
            return null;
        }
        TwoFactorEnabled = true;
        UpdatedAt = now;
        return RevokeAccess(now);
    }

    public void SwitchSecondFactorOff(DateTimeOffset now)
    {
        TwoFactorEnabled = false;
        UpdatedAt = now;
    }

    /// <summary>Lets the user in again with this password, whatever has kept them out, and ends every session.</summary>
    public AccessRevocation Recover(string passwordHash, DateTimeOffset now)
    {
        Active = true;
        EmailConfirmed = true;
        ForgetFailures();
        TwoFactorEnabled = false;
        return ChangePassword(passwordHash, now);
    }

    /// <summary>Sets the first password. Whoever does it had a mail, so the e-mail is theirs.</summary>
    public void AcceptInvitation(string username, string passwordHash, DateTimeOffset now)
    {
        Rename(username, Email!, now);
        UpdatedAt = now;
        PasswordHash = passwordHash;
        EmailConfirmed = true;
    }

    /// <summary>Sets a new password with a mailed secret, which shows that the e-mail is theirs. Ends every session, and forgets failed attempts.</summary>
    public AccessRevocation ResetPassword(string passwordHash, DateTimeOffset now)
    {
        EmailConfirmed = true;
        ForgetFailures();
        return ChangePassword(passwordHash, now);
    }

    /// <summary>The e-mail has been shown to be theirs.</summary>
    public void ConfirmEmail(string email, DateTimeOffset now)
    {
        Rename(UserName!, email, now);
        EmailConfirmed = true;
    }

    private void ForgetFailures()
    {
        AccessFailedCount = 0;
        FailuresExpireAt = null;
        LockoutEnd = null;
    }

    private AccessRevocation RevokeAccess(DateTimeOffset now) => new(Guid.CreateVersion7(now), Id, ++AccessVersion, now);
}
