using Lending.Identity.Data;
using Lending.Identity.Users;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.SecondFactors;

/// <summary>Starts and ends what is under way until a second factor is given.</summary>
internal sealed class Challenges(IdentityDbContext db, TimeProvider clock)
{
    /// <summary>Starts one, and answers its token.</summary>
    public async Task<string> StartAsync(ChallengePurpose purpose, User? user, string? passkeyState, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        // Each new one lets some go that have expired, so that the table stays small.
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH expired AS (
                SELECT token_hash FROM identity.challenges WHERE expires_at <= {now} ORDER BY expires_at LIMIT 10 FOR UPDATE SKIP LOCKED
            )
            DELETE FROM identity.challenges WHERE token_hash IN (SELECT token_hash FROM expired)
            """,
            ct
        );
        var token = Secret.New();
        db.Add(new Challenge(Secret.Hash(token), purpose, user?.Id, user?.AccessVersion ?? 0, passkeyState, now + Challenge.Lifetime));
        await db.SaveChangesAsync(ct);
        return token;
    }

    /// <summary>Takes one of the tries that a challenge has; null where none is left, or there is no such challenge.</summary>
    public async Task<Challenge?> TryAsync(string? token, ChallengePurpose purpose, CancellationToken ct)
    {
        if (token is null)
        {
            return null;
        }
        var (hash, now) = (Secret.Hash(token), clock.GetUtcNow());
        var open = db.Challenges.Where(row =>
            row.TokenHash == hash && row.Purpose == purpose && row.ExpiresAt > now && row.Tries < Challenge.MostTries
        );
        return await open.ExecuteUpdateAsync(set => set.SetProperty(row => row.Tries, row => row.Tries + 1), ct) == 1
            ? await db.Challenges.AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash, ct)
            : null;
    }

    /// <summary>Ends one that has succeeded. False where somebody else was faster.</summary>
    public async Task<bool> EndAsync(Challenge challenge, CancellationToken ct) =>
        await db.Challenges.Where(row => row.TokenHash == challenge.TokenHash).ExecuteDeleteAsync(ct) == 1;
}
