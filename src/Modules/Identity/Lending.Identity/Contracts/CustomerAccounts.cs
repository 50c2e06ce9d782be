using System.Security.Cryptography;
using Lending.Identity.Data;
using Lending.Identity.Users;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Contracts;

internal sealed class CustomerAccounts(
    IdentityDbContext db,
    UserManager<User> users,
    AccountTokens tokens,
    AccountMail mail,
    SelfRegistration registration,
    TimeProvider clock
) : ICustomerAccounts
{
    public async Task<IReadOnlyList<Error>> FindObstaclesAsync(NewCustomerAccount account, CancellationToken ct)
    {
        if (!AccountLimits.IsUsername(account.Username))
        {
            return [IdentityErrors.InvalidUsername];
        }
        return await users.FindByNameAsync(account.Username!) is null
            ? PasswordRules.Check(account.Password ?? "", account.Username, account.Email)
            : [IdentityErrors.UsernameTaken];
    }

    public async Task<IReadOnlyList<Error>> CreateAsync(NewCustomerAccount account, CancellationToken ct)
    {
        if (account.Username is not null && !AccountLimits.IsUsername(account.Username))
        {
            return [IdentityErrors.InvalidUsername];
        }
        // The unique index would refuse it as well, but a refused statement ends the caller's transaction. So it is asked first, and the index
        // is left for races.
        if (await IsEmailTakenAsync(account.Email, ct))
        {
            return [IdentityErrors.AccountEmailTaken];
        }
        var user = new User(
            account.UserId,
            account.Username ?? MakeUpUsername(),
            account.Email,
            Role.Customer,
            account.OrganizationId,
            clock.GetStorableNow(),
            account.CustomerId
        );
        if (account is { Username: null, Password: null })
        {
            // A made-up name needs no check, and without a password there is nothing to hash: UserManager is not needed.
            db.Add(user);
            await db.SaveChangesAsync(ct);
            return [];
        }
        var result = account.Password is null ? await users.CreateAsync(user) : await users.CreateAsync(user, account.Password);
        if (result.Succeeded && account.Password is not null && registration.RequiresConfirmedEmail)
        {
            await mail.AskToConfirmEmailAsync(user, ct);
        }
        return result.ToErrors();
    }

    public async Task<IReadOnlyList<Error>> ChangeEmailAsync(Guid customerId, string email, CancellationToken ct)
    {
        var user = await FindAsync(customerId, ct);
        if (user is not { PasswordHash: null } || user.NormalizedEmail == User.Normalize(email) && user.Email == email)
        {
            return [];
        }
        if (user.NormalizedEmail != User.Normalize(email) && await IsEmailTakenAsync(email, ct))
        {
            return [IdentityErrors.AccountEmailTaken];
        }
        user.Rename(user.UserName!, email, clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        return [];
    }

    public async Task<Invitation?> InviteAsync(Guid customerId, CancellationToken ct)
    {
        if (await FindAsync(customerId, ct) is not { PasswordHash: null } user)
        {
            return null;
        }
        var (token, expiresAt) = await tokens.IssueAsync(user, AccountTokenPurpose.Invitation, ct);
        return new Invitation(token, expiresAt, user.Email!);
    }

    public async Task DeleteAsync(Guid customerId, CancellationToken ct)
    {
        if (await FindAsync(customerId, ct) is { } user)
        {
            var now = clock.GetStorableNow();
            db.Remove(user);
            db.Add(new AccessRevocation(Guid.CreateVersion7(now), user.Id, AccessRevocation.AllVersions, now));
            await db.SaveChangesAsync(ct);
        }
    }

    private Task<User?> FindAsync(Guid customerId, CancellationToken ct) =>
        db.Users.SingleOrDefaultAsync(user => user.CustomerId == customerId, ct);

    private Task<bool> IsEmailTakenAsync(string email, CancellationToken ct)
    {
        var normalized = User.Normalize(email);
        return db.Users.AnyAsync(user => user.NormalizedEmail == normalized, ct);
    }

    private static string MakeUpUsername() => $"c-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
}
