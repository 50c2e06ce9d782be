using Lending.Identity.Data;
using Lending.Identity.SecondFactors;
using Lending.Identity.Users;
using Lending.Platform.Audit;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Switches a user's second factors on and off. It is called in a transaction, and saves.</summary>
internal sealed class OwnFactors(IdentityDbContext db, Caller caller)
{
    /// <summary>Gives the user new recovery codes; the earlier ones stop working.</summary>
    public async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(User user, CancellationToken ct)
    {
        await db.RecoveryCodes.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(ct);
        var codes = Enumerable.Range(0, RecoveryCode.Count).Select(_ => RecoveryCode.New()).ToList();
        db.Note(AuditAction.Create, nameof(RecoveryCode), entityId: null, user.CustomerId);
        db.AddRange(codes.Select(code => new RecoveryCode(user.Id, RecoveryCode.Hash(code))));
        await db.SaveChangesAsync(ct);
        return codes;
    }

    /// <summary>
    /// The user has a second factor from now on. Tokens from before say that there is none, so they and their sessions end; the session in which it was
    /// switched on goes on with its next refresh.
    /// </summary>
    public async Task SwitchOnAsync(User user, Guid? sessionId, DateTimeOffset now, CancellationToken ct)
    {
        if (user.SwitchSecondFactorOn(now) is { } revocation)
        {
            db.Add(revocation);
        }
        await db.SaveChangesAsync(ct);
        await db
            .Sessions.Where(session => session.Id == sessionId && session.UserId == user.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(session => session.AccessVersion, user.AccessVersion)
                        .SetProperty(session => session.SecondFactorAt, now),
                ct
            );
    }

    /// <summary>
    /// Lets whoever else changes the caller's factors wait: whether one is left decides on what a login asks for, so each has to see what the other did.
    /// </summary>
    public Task LockAsync(CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"SELECT FROM identity.users WHERE organization_id = {caller.OrganizationId} AND id = {caller.UserId} FOR NO KEY UPDATE",
            ct
        );

    /// <summary>Without any factor left, the user has none, and the recovery codes go.</summary>
    public async Task SwitchOffIfNoneIsLeftAsync(User user, DateTimeOffset now, CancellationToken ct)
    {
        if (
            await db.TotpAuthenticators.AnyAsync(row => row.UserId == user.Id && row.ConfirmedAt != null, ct)
            || await db.Passkeys.AnyAsync(row => row.UserId == user.Id, ct)
        )
        {
            return;
        }
        user.SwitchSecondFactorOff(now);
        await db.RecoveryCodes.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Takes all of them away; for whoever has lost theirs, and proves who they are in another way.</summary>
    public async Task DeleteAllAsync(Guid userId, CancellationToken ct)
    {
        db.RemoveRange(await db.TotpAuthenticators.Where(row => row.UserId == userId).ToListAsync(ct));
        db.RemoveRange(await db.Passkeys.Where(row => row.UserId == userId).ToListAsync(ct));
        await db.SaveChangesAsync(ct);
        await db.RecoveryCodes.Where(row => row.UserId == userId).ExecuteDeleteAsync(ct);
    }
}
