using System.Text.Json;
using Lending.Identity.Data;
using Lending.Identity.Users;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.SecondFactors;

/// <summary>Checks second factors. Each works once: a code, a recovery code and a passkey's answer are used up in the database as they are taken.</summary>
internal sealed class SecondFactorCheck(
    IdentityDbContext db,
    TotpCodes codes,
    IPasskeyHandler<User> passkeys,
    IHttpContextAccessor accessor,
    TimeProvider clock
)
{
    /// <summary>Whether this is a second factor of the user.</summary>
    /// <param name="user">The user.</param>
    /// <param name="proof">What was sent.</param>
    /// <param name="passkeyState">What the challenge keeps for a passkey, if there is one.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    public async Task<bool> FitsAsync(User user, SecondFactorProof proof, string? passkeyState, CancellationToken ct) =>
        proof switch
        {
            { Code: { } code } => await UseCodeAsync(user.Id, code, ct),
            { RecoveryCode: { } code } => await UseRecoveryCodeAsync(user.Id, code, ct),
            { Passkey: { } answer } when passkeyState is not null => (await UsePasskeyAsync(answer, passkeyState, ct))?.Id == user.Id,
            _ => false,
        };

    /// <summary>Whose passkey has answered; null for an answer that is not right.</summary>
    public async Task<User?> UsePasskeyAsync(JsonElement answer, string passkeyState, CancellationToken ct)
    {
        var result = await passkeys.PerformAssertionAsync(
            new PasskeyAssertionContext
            {
                CredentialJson = answer.GetRawText(),
                AssertionState = passkeyState,
                HttpContext = accessor.HttpContext!,
            }
        );
        if (!result.Succeeded)
        {
            return null;
        }
        var (used, now) = (result.Passkey, clock.GetStorableNow());
        // An authenticator that counts never signs twice with one number. The check above has read the number before.
        var recorded = await db
            .Passkeys.Where(row => row.CredentialId == used.CredentialId && (used.SignCount == 0 || row.SignCount < used.SignCount))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.SignCount, (long)used.SignCount)
                        .SetProperty(row => row.IsBackedUp, used.IsBackedUp)
                        .SetProperty(row => row.LastUsedAt, now),
                ct
            );
        return recorded == 1 ? result.User : null;
    }

    private async Task<bool> UseCodeAsync(Guid userId, string code, CancellationToken ct)
    {
        var authenticator = await db
            .TotpAuthenticators.AsNoTracking()
            .SingleOrDefaultAsync(row => row.UserId == userId && row.ConfirmedAt != null, ct);
        return authenticator is not null
            && codes.Find(authenticator, code) is { } step
            // Of two who send the same code at once, the second finds that its step is taken.
            && await db
                .TotpAuthenticators.Where(row => row.UserId == userId && row.LastTimeStep < step)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastTimeStep, step), ct) == 1;
    }

    private async Task<bool> UseRecoveryCodeAsync(Guid userId, string code, CancellationToken ct)
    {
        var hash = RecoveryCode.Hash(code);
        return await db.RecoveryCodes.Where(row => row.UserId == userId && row.CodeHash == hash).ExecuteDeleteAsync(ct) == 1;
    }
}
