using Lending.Identity.Data;
using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>Makes the secrets that are mailed to people, and takes them back once.</summary>
internal sealed class AccountTokens(IdentityDbContext db, TimeProvider clock)
{
    /// <summary>Stores a new secret in place of an earlier one of this purpose, which stops working; of two at once, the later one works.</summary>
    public async Task<(string Token, DateTimeOffset ExpiresAt)> IssueAsync(
        User user,
        AccountTokenPurpose purpose,
        CancellationToken ct,
        string? newEmail = null
    )
    {
        var now = clock.GetStorableNow();
        var token = Secret.New();
        var (id, hash, name, expiresAt) = (Guid.CreateVersion7(now), Secret.Hash(token), purpose.ToString(), now + LifetimeOf(purpose));
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO identity.account_tokens (id, user_id, purpose, token_hash, expires_at, normalized_email, access_version, new_email)
            VALUES ({id}, {user.Id}, {name}, {hash}, {expiresAt}, {user.NormalizedEmail}, {user.AccessVersion}, {newEmail})
            ON CONFLICT (user_id, purpose) DO UPDATE SET
                id = excluded.id, token_hash = excluded.token_hash, expires_at = excluded.expires_at,
                normalized_email = excluded.normalized_email, access_version = excluded.access_version, new_email = excluded.new_email
            """,
            ct
        );
        db.Note(AuditAction.Create, nameof(AccountToken), id, user.CustomerId);
        await db.SaveChangesAsync(ct);
        return (token, expiresAt);
    }

    /// <summary>
    /// Finds a secret that works, of an active user in any organisation, together with the user. It is removed with the unit of work, which fails for the
    /// second of two who present it at the same time. A secret that was mailed to an earlier address does not work, nor does one from before the password
    /// was changed or all sessions were ended; an invitation, once there is a password.
    /// </summary>
    public async Task<Taken?> TakeAsync(string token, AccountTokenPurpose purpose, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        var hash = Secret.Hash(token);
        var found = await db
            .AccountTokens.Where(row => row.TokenHash == hash && row.Purpose == purpose && row.ExpiresAt > now)
            .Join(db.Users.OfEveryOrganization(), row => row.UserId, user => user.Id, (row, user) => new { row, user })
            .SingleOrDefaultAsync(pair => pair.user.Active && pair.row.NormalizedEmail == pair.user.NormalizedEmail, ct);
        var works =
            purpose == AccountTokenPurpose.Invitation
                ? found?.user.PasswordHash is null
                : found?.row.AccessVersion == found?.user.AccessVersion;
        if (found is null || !works)
        {
            return null;
        }
        db.Remove(found.row);
        return new Taken(found.user, found.row.NewEmail);
    }

    private static TimeSpan LifetimeOf(AccountTokenPurpose purpose) =>
        purpose switch
        {
            AccountTokenPurpose.Invitation => TimeSpan.FromDays(7),
            AccountTokenPurpose.EmailConfirmation => TimeSpan.FromDays(1),
            _ => TimeSpan.FromMinutes(30),
        };

    /// <summary>Whose secret was presented, and the address that a change of e-mail is about.</summary>
    internal sealed record Taken(User User, string? NewEmail);
}
