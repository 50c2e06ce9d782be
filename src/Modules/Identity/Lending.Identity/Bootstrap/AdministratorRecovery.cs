using Lending.Identity.Authentication;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Identity.Organizations;
using Lending.Identity.Users;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Lending.Identity.Bootstrap;

internal sealed class AdministratorRecovery(
    IdentityDbContext db,
    IPasswordHasher<User> hasher,
    OwnFactors factors,
    Sessions sessions,
    Transactions transactions,
    Caller caller,
    TimeProvider clock,
    ILogger<AdministratorRecovery> logger
) : IAdministratorRecovery
{
    public async Task<RecoveredAdministrator> RecoverAsync(string? username, CancellationToken ct)
    {
        caller.ActFor(Organization.DefaultId, UserReference.System);
        var name = username is null ? null : User.Normalize(username);
        await using var transaction = await transactions.BeginAsync(ct);
        var administrator =
            await db
                .Users.Where(user => user.Role == Role.Admin && (name == null || user.NormalizedUserName == name))
                .OrderByDescending(user => user.Active && user.PasswordHash != null)
                .ThenBy(user => user.CreatedAt)
                .FirstOrDefaultAsync(ct)
            ?? throw new InvalidOperationException(
                name is null
                    ? "The platform's organisation has no administrator. The verb migrate makes one."
                    : "The platform's organisation has no administrator with this user name."
            );
        var password = Secret.New();
        db.Add(administrator.Recover(hasher.HashPassword(administrator, password), clock.GetStorableNow()));
        await db.SaveChangesAsync(ct);
        await sessions.EndAllAsync(administrator.Id, ct);
        // Nobody knows from which address the administrator will come.
        await db.LoginAddresses.ExecuteDeleteAsync(ct);
        await factors.DeleteAllAsync(administrator.Id, ct);
        await transaction.CommitAsync(ct);
        logger.LogWarning(
            "The administrator {UserId} was recovered by whoever runs the host: new password, active, unlocked, no second factor",
            administrator.Id
        );
        return new RecoveredAdministrator(administrator.UserName!, password);
    }
}
