using System.Globalization;
using Lending.Identity.Data;
using Lending.Identity.Users;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Starts, continues and ends sessions.</summary>
internal sealed class Sessions(IdentityDbContext db, AccessTokenIssuer accessTokens, TimeProvider clock)
{
    /// <summary>The length of a refresh token: the session's id, which finds it, and a secret.</summary>
    public const int RefreshTokenLength = SessionIdLength + Secret.Length;

    private const int SessionIdLength = 32;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Starts a session of a user who has proved who they are.</summary>
    public async Task<SessionResponse> StartAsync(User user, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        await db.Sessions.Where(session => session.UserId == user.Id && session.ExpiresAt <= now).ExecuteDeleteAsync(ct);
        var sessionId = Guid.CreateVersion7(now);
        var refreshToken = NewRefreshToken(sessionId);
        db.Add(new Session(sessionId, user.Id, user.AccessVersion, Secret.Hash(refreshToken), now, now + Lifetime));
        await db.SaveChangesAsync(ct);
        return Describe(user, refreshToken);
    }

    /// <summary>Exchanges a refresh token for a new one; null when it does not work. A used one ends its session: somebody stole one of them.</summary>
    public async Task<SessionResponse?> ContinueAsync(string refreshToken, CancellationToken ct)
    {
        if (SessionIdOf(refreshToken) is not { } sessionId)
        {
            return null;
        }
        var now = clock.GetStorableNow();
        var oldHash = Secret.Hash(refreshToken);
        var newToken = NewRefreshToken(sessionId);
        // Read before the update: whoever loses the race below deletes the session, and then nobody finds the user.
        var user = await FindUserAsync(sessionId, ct);
        // If two requests present the same token, the first one changes the hash, and this statement finds no row for the second.
        var continued = await db
            .Sessions.Where(session => session.Id == sessionId && session.TokenHash == oldHash && session.ExpiresAt > now)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(session => session.TokenHash, Secret.Hash(newToken))
                        .SetProperty(session => session.ExpiresAt, now + Lifetime),
                ct
            );
        if (user is null || continued == 0)
        {
            await db.Sessions.Where(session => session.Id == sessionId).ExecuteDeleteAsync(ct);
            return null;
        }
        return Describe(user, newToken);
    }

    /// <summary>Ends the session that this refresh token, used or not, belongs to.</summary>
    public async Task EndAsync(string refreshToken, CancellationToken ct)
    {
        if (SessionIdOf(refreshToken) is { } sessionId)
        {
            await db.Sessions.Where(session => session.Id == sessionId).ExecuteDeleteAsync(ct);
        }
    }

    private Task<User?> FindUserAsync(Guid sessionId, CancellationToken ct) =>
        db
            .Sessions.Where(session => session.Id == sessionId)
            .Join(db.Users.IgnoreQueryFilters(), session => session.UserId, user => user.Id, (session, user) => new { session, user })
            .Where(pair => pair.user.Active && pair.user.AccessVersion == pair.session.AccessVersion)
            .Select(pair => pair.user)
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);

    private SessionResponse Describe(User user, string refreshToken) =>
        new()
        {
            AccessToken = accessTokens.Create(user),
            RefreshToken = refreshToken,
            ExpiresIn = (int)accessTokens.Lifetime.TotalSeconds,
            User = user.Adapt<SessionUser>(),
        };

    private static string NewRefreshToken(Guid sessionId) => sessionId.ToString("N", CultureInfo.InvariantCulture) + Secret.New();

    private static Guid? SessionIdOf(string refreshToken) =>
        refreshToken.Length == RefreshTokenLength && Guid.TryParseExact(refreshToken[..SessionIdLength], "N", out var sessionId)
            ? sessionId
            : null;
}
