using Lending.Identity.Data;
using Lending.Identity.Users;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Checks passwords. Each check is an attempt that was counted before.</summary>
internal sealed class PasswordCheck(IdentityDbContext db, UserManager<User> users, DecoyHash decoy)
{
    /// <summary>
    /// Whether this is the user's password; false where the attempt is not admitted: for an inactive or locked account, and where there is none. It
    /// computes one hash in every case, so that the time it takes tells nothing.
    /// </summary>
    public async Task<bool> FitsAsync(User? user, Attempt attempt, string password, CancellationToken ct)
    {
        var outcome = users.PasswordHasher.VerifyHashedPassword(user!, attempt.IsAdmitted ? user!.PasswordHash! : decoy.Value, password);
        if (outcome == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await RehashAsync(user!, password, ct);
        }
        return outcome != PasswordVerificationResult.Failed;
    }

    // Only over the hash that was checked: whoever has changed the password meanwhile keeps the new one.
    private async Task RehashAsync(User user, string password, CancellationToken ct)
    {
        var (known, hash) = (user.PasswordHash, users.PasswordHasher.HashPassword(user, password));
        await db.Database.ExecuteSqlRawAsync(
            EveryOrganization.Sql + "UPDATE identity.users SET password_hash = {0} WHERE id = {1} AND password_hash = {2}",
            [hash, user.Id, known!],
            ct
        );
    }
}
