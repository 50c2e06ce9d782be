using System.Globalization;
using Lending.Identity.Data;
using Lending.Identity.Terms;
using Lending.Identity.Users;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lending.Identity.Authentication;

/// <summary>Starts, continues and ends sessions.</summary>
internal sealed class Sessions(
    IdentityDbContext db,
    AccessTokenIssuer accessTokens,
    AccessRevocationSnapshots revocations,
    ClientOfRequest client,
    NewDeviceNotice newDevice,
    Transactions transactions,
    Caller caller,
    TimeProvider clock
)
{
    /// <summary>The length of a refresh token: the session's id, which finds it, and a secret.</summary>
    public const int RefreshTokenLength = SessionIdLength + Secret.Length;

    /// <summary>Ends all sessions of the user, and the trust in all devices, this one too.</summary>
    public async Task EndAllAsync(Guid userId, CancellationToken ct)
    {
        await db.Sessions.Where(session => session.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Devices.Where(device => device.UserId == userId).ExecuteDeleteAsync(ct);
    }

    private const int SessionIdLength = 32;

    // Rows of sessions whose tokens have all expired go a few at a time, so that the table stays small.
    private const string EndSql = """
        WITH expired AS (
            DELETE FROM identity.ended_sessions WHERE session_id IN (
                SELECT session_id FROM identity.ended_sessions WHERE tokens_expire_at <= @now
                ORDER BY tokens_expire_at LIMIT 10 FOR UPDATE SKIP LOCKED
            )
        ), ended AS (
            DELETE FROM identity.sessions WHERE id = @session AND (user_id = @user OR @user IS NULL) RETURNING id, user_id
        ), remembered AS (
            INSERT INTO identity.ended_sessions (session_id, tokens_expire_at) SELECT id, @until FROM ended
        )
        SELECT users.id AS "UserId", users.organization_id AS "OrganizationId", users.customer_id AS "CustomerId"
        FROM ended JOIN identity.users ON users.id = ended.user_id
        """;

    /// <summary>Starts a session of a user who has proved who they are, on this device; on a new one, where the token is not that of one of the user's devices.</summary>
    public async Task<SessionResponse> StartAsync(User user, string? deviceToken, DateTimeOffset? secondFactorAt, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        // Whoever logs in was nobody until now.
        caller.ActFor(user.OrganizationId, user.Reference);
        await db.Sessions.Where(session => session.UserId == user.Id && session.ExpiresAt <= now).ExecuteDeleteAsync(ct);
        var found = await db
            .Users.OfEveryOrganization()
            .Where(row => row.Id == user.Id)
            .WithTerms(db, now)
            .Select(row => new
            {
                row.Terms,
                Devices = db.Devices.Where(device => device.UserId == row.User.Id).OrderByDescending(device => device.LastUsedAt).ToList(),
            })
            .SingleOrDefaultAsync(ct);
        if (found is null)
        {
            throw new DbUpdateConcurrencyException("The user was deleted while they logged in.");
        }
        var devices = found.Devices;
        var known = deviceToken is null ? null : Secret.Hash(deviceToken);
        var device = devices.Find(row => known is not null && row.TokenHash.AsSpan().SequenceEqual(known));
        if (device is null)
        {
            deviceToken = Secret.New();
            device = new Device(Guid.CreateVersion7(now), user.Id, Secret.Hash(deviceToken), now);
            db.Add(device);
            db.RemoveRange(devices.Skip(Device.MostOfOneUser - 1));
        }
        device.Use(now);
        var sessionId = Guid.CreateVersion7(now);
        var refreshToken = NewRefreshToken(sessionId);
        var session = new Session(
            sessionId,
            user.Id,
            user.AccessVersion,
            Secret.Hash(refreshToken),
            device.Id,
            client,
            secondFactorAt,
            now
        );
        db.Add(session);
        db.Note(AuditAction.Login, nameof(Session), session.Id, user.CustomerId);
        if (devices.Count > 0 && !devices.Contains(device))
        {
            await using var transaction = await transactions.BeginAsync(ct);
            await db.SaveChangesAsync(ct);
            await newDevice.SendAsync(user, session, ct);
            await transaction.CommitAsync(ct);
        }
        else
        {
            await db.SaveChangesAsync(ct);
        }
        return Describe(user, session, found.Terms, refreshToken, deviceToken);
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
        var found = await FindAsync(sessionId, now, ct);
        var expiresAt = found is null ? now : Session.ExpiryOf(found.Session.CreatedAt, now);
        // If two requests present the same token, the first one changes the hash, and this statement finds no row for the second.
        var continued = await db
            .Sessions.Where(session => session.Id == sessionId && session.TokenHash == oldHash && session.ExpiresAt > now)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(session => session.TokenHash, Secret.Hash(newToken))
                        .SetProperty(session => session.Address, client.Address)
                        .SetProperty(session => session.LastUsedAt, now)
                        .SetProperty(session => session.ExpiresAt, expiresAt),
                ct
            );
        if (found is null || continued == 0)
        {
            var isReuse = found?.Session.ExpiresAt > now;
            await EndAsync(sessionId, userId: null, isReuse ? AuditAction.RefreshReuse : AuditAction.Logout, ct);
            return null;
        }
        return Describe(found.User, found.Session, found.Terms, newToken, deviceToken: null);
    }

    /// <summary>Ends the session that this refresh token, used or not, belongs to.</summary>
    public async Task EndAsync(string refreshToken, CancellationToken ct)
    {
        if (SessionIdOf(refreshToken) is { } sessionId)
        {
            await EndAsync(sessionId, userId: null, AuditAction.Logout, ct);
        }
    }

    /// <summary>Ends a session and its access tokens; of this user only, where one is given. False where there is none.</summary>
    public Task<bool> EndAsync(Guid sessionId, Guid? userId, CancellationToken ct) => EndAsync(sessionId, userId, AuditAction.Logout, ct);

    private async Task<bool> EndAsync(Guid sessionId, Guid? userId, string action, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        await using var transaction = await transactions.BeginAsync(ct);
        var ended = await db
            .Database.SqlQueryRaw<EndedOf>(
                EndSql,
                new NpgsqlParameter("session", sessionId),
                new NpgsqlParameter<Guid?>("user", userId),
                new NpgsqlParameter("now", now),
                new NpgsqlParameter("until", now + accessTokens.Lifetime)
            )
            // Whose the session is, is known only afterwards.
            .OverEveryOrganization()
            .ToListAsync(ct);
        if (ended is not [var of])
        {
            return false;
        }
        // Whoever has the refresh token may be the user, or who stole it.
        caller.ActFor(of.OrganizationId, action == AuditAction.Logout ? new UserReference(of.UserId, "") : UserReference.Nobody);
        db.Note(action, nameof(Session), sessionId, of.CustomerId);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        revocations.EndHere(sessionId);
        return true;
    }

    private Task<Found?> FindAsync(Guid sessionId, DateTimeOffset now, CancellationToken ct) =>
        db
            .Sessions.Where(session => session.Id == sessionId)
            .Join(
                db.Users.OfEveryOrganization().WithTerms(db, now),
                session => session.UserId,
                row => row.User.Id,
                (session, row) =>
                    new
                    {
                        session,
                        row.User,
                        row.Terms,
                    }
            )
            .Where(row => row.User.Active && row.User.AccessVersion == row.session.AccessVersion)
            .Select(row => new Found(row.User, row.session, row.Terms))
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);

    private SessionResponse Describe(User user, Session session, TermsStanding terms, string refreshToken, string? deviceToken) =>
        new()
        {
            AccessToken = accessTokens.Create(user, session.Id, session.ProvedAt(user), terms),
            RefreshToken = refreshToken,
            DeviceToken = deviceToken,
            ExpiresIn = (int)accessTokens.Lifetime.TotalSeconds,
            SecondFactorMissing = accessTokens.MissesSecondFactor(user),
            TermsWaiting = terms.Waiting,
            TermsMissing = terms.Missing,
            User = user.Adapt<SessionUser>(),
        };

    private static string NewRefreshToken(Guid sessionId) => sessionId.ToString("N", CultureInfo.InvariantCulture) + Secret.New();

    private static Guid? SessionIdOf(string refreshToken) =>
        refreshToken.Length == RefreshTokenLength && Guid.TryParseExact(refreshToken[..SessionIdLength], "N", out var sessionId)
            ? sessionId
            : null;

    private sealed record EndedOf(Guid UserId, Guid OrganizationId, Guid? CustomerId);

    private sealed record Found(User User, Session Session, TermsStanding Terms);
}
