using Lending.Identity.Data;
using Lending.Identity.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Checks passwords and counts the failures, which lock the account for a while.</summary>
internal sealed class PasswordCheck(IdentityDbContext db, UserManager<User> users, DecoyHash decoy, TimeProvider clock)
{
    /// <summary>
    /// Whether this is the user's password; false for an inactive or locked account, and where there is none. It computes one hash in every
    /// case, so that the time it takes tells nothing.
    /// </summary>
    public async Task<bool> FitsAsync(User? user, string password, CancellationToken ct)
    {
        var mayTry = await CountAttemptAsync(user?.Id ?? Guid.Empty, ct);
        var outcome = users.PasswordHasher.VerifyHashedPassword(user!, mayTry ? user!.PasswordHash! : decoy.Value, password);
        if (outcome == PasswordVerificationResult.Failed)
        {
            return false;
        }
        await Account(user!.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.AccessFailedCount, 0), ct);
        if (outcome == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await RehashAsync(user, password, ct);
        }
        return true;
    }

    /// <summary>Takes back the attempt counted for an account in another organisation that has the same e-mail and was not meant.</summary>
    public Task ForgiveAsync(Guid userId, CancellationToken ct) =>
        Account(userId)
            .Where(row => row.AccessFailedCount > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.AccessFailedCount, row => row.AccessFailedCount - 1), ct);

    // Only over the hash that was checked: whoever has changed the password meanwhile keeps the new one.
    private async Task RehashAsync(User user, string password, CancellationToken ct)
    {
        var (known, hash) = (user.PasswordHash, users.PasswordHasher.HashPassword(user, password));
        await Account(user.Id)
            .Where(row => row.PasswordHash == known)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, hash), ct);
    }

    // The attempt is counted before the password is checked, in one statement. So the lock holds for guesses that come at the same time, too.
    private async Task<bool> CountAttemptAsync(Guid userId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? expiresAt = now + users.Options.Lockout.DefaultLockoutTimeSpan;
        var limit = users.Options.Lockout.MaxFailedAccessAttempts;
        return await Account(userId)
                .Where(row => row.Active && row.PasswordHash != null && (row.AccessFailedCount < limit || row.FailuresExpireAt <= now))
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.AccessFailedCount, row => row.FailuresExpireAt > now ? row.AccessFailedCount + 1 : 1)
                            .SetProperty(row => row.FailuresExpireAt, expiresAt),
                    ct
                ) == 1;
    }

    private IQueryable<User> Account(Guid userId) => db.Users.IgnoreQueryFilters().Where(row => row.Id == userId);
}
