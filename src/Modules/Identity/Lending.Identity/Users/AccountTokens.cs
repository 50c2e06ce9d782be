using Lending.Identity.Data;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>Makes the secrets that are mailed to people, and takes them back once.</summary>
internal sealed class AccountTokens(IdentityDbContext db, TimeProvider clock)
{
    /// <summary>Adds a new secret to the unit of work, in place of an earlier one of this purpose, which stops working.</summary>
    public async Task<(string Token, DateTimeOffset ExpiresAt)> IssueAsync(
        User user,
        AccountTokenPurpose purpose,
        CancellationToken ct,
        string? newEmail = null
    )
    {
        await RevokeAsync(user, purpose, ct);
        var token = Secret.New();
        var issued = new AccountToken(user, purpose, token, clock.GetStorableNow(), newEmail);
        db.Add(issued);
        return (token, issued.ExpiresAt);
    }

    /// <summary>Lets the secret of this purpose stop working, if there is one.</summary>
    public Task RevokeAsync(User user, AccountTokenPurpose purpose, CancellationToken ct) =>
        db.AccountTokens.Where(row => row.UserId == user.Id && row.Purpose == purpose).ExecuteDeleteAsync(ct);

    /// <summary>
    /// Finds a secret that works, of an active user in any organisation, together with the user. It is removed with the unit of work, which fails for the
    /// second of two who present it at the same time.
    /// </summary>
    public async Task<Taken?> TakeAsync(string token, AccountTokenPurpose purpose, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        var hash = Secret.Hash(token);
        var found = await db
            .AccountTokens.Where(row => row.TokenHash == hash && row.Purpose == purpose && row.ExpiresAt > now)
            .Join(db.Users.IgnoreQueryFilters(), row => row.UserId, user => user.Id, (row, user) => new { row, user })
            .SingleOrDefaultAsync(pair => pair.user.Active, ct);
        if (found is null)
        {
            return null;
        }
        db.Remove(found.row);
        return new Taken(found.user, found.row.NewEmail);
    }

    /// <summary>Whose secret was presented, and the address that a change of e-mail is about.</summary>
    internal sealed record Taken(User User, string? NewEmail);
}
