using System.Globalization;
using Lending.Identity.Data;
using Lending.Identity.Users;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lending.Identity.Authentication;

/// <summary>
/// Counts attempts to prove who one is, for the account and for the address. Every fifth failure locks the account, and every so many lock the address:
/// for 15 minutes, then twice as long each time, up to a day.
/// </summary>
/// <remarks>
/// An attempt is counted before it is checked, in one statement. So a lock holds for guesses that come at the same time, and each attempt writes as
/// often, whether there is such an account or not. What was right is taken back.
/// </remarks>
internal sealed class Attempts(
    IdentityDbContext db,
    ClientOfRequest client,
    IOptions<LoginLockoutOptions> settings,
    Caller caller,
    LoginMetrics metrics,
    TimeProvider clock
)
{
    /// <summary>So many failures lock an account, or end the trust in a device.</summary>
    public const int MostFailures = 5;

    private static readonly string CountSql = $$"""
        WITH forgotten AS (
            DELETE FROM identity.login_addresses
            WHERE address IN (
                SELECT address FROM identity.login_addresses
                WHERE failures_expire_at <= @now AND address <> @address
                ORDER BY failures_expire_at LIMIT 10 FOR UPDATE SKIP LOCKED
            )
        ), address AS (
            INSERT INTO identity.login_addresses AS known (address, failed_count, failures_expire_at)
            VALUES (@address, 1, @now + interval '1 hour')
            ON CONFLICT (address) DO UPDATE SET (failed_count, failures_expire_at, lockout_end) = (
                SELECT number,
                    CASE WHEN number % @most_of_address = 0 THEN @now + interval '2 days'
                        WHEN number = 1 THEN @now + interval '1 hour'
                        ELSE known.failures_expire_at END,
                    {{LockAfter("@most_of_address")}}
                FROM (SELECT {{NextOf("known.failed_count", "known.failures_expire_at")}} AS number) AS next
            )
            WHERE known.lockout_end IS NULL OR known.lockout_end <= @now
            RETURNING failed_count
        ), account AS (
            UPDATE identity.users AS known SET (access_failed_count, failures_expire_at, lockout_end) = (
                SELECT number, @now + interval '2 days', {{LockAfter(MostFailures.ToString(CultureInfo.InvariantCulture))}}
                FROM (SELECT {{NextOf("known.access_failed_count", "known.failures_expire_at")}} AS number) AS next
            )
            WHERE known.id = @user AND known.active AND known.password_hash IS NOT NULL
                AND (known.lockout_end IS NULL OR known.lockout_end <= @now)
                AND EXISTS (SELECT FROM address)
            RETURNING access_failed_count
        )
        SELECT (SELECT access_failed_count FROM account) AS "OfAccount", (SELECT failed_count FROM address) AS "OfAddress"
        """;

    // The count makes the address's row the first to be locked, as in the statement above: the other way round, the two would wait for each other.
    private const string TakeBackSql = $"""
        {EveryOrganization.Sql}
        WITH address AS (
            UPDATE identity.login_addresses SET
                lockout_end = CASE WHEN failed_count = @of_address THEN NULL ELSE lockout_end END,
                failed_count = failed_count - 1
            WHERE address = @address AND failed_count > 0
            RETURNING 1
        )
        UPDATE identity.users SET
            lockout_end = CASE WHEN @all OR access_failed_count = @of_account THEN NULL ELSE lockout_end END,
            access_failed_count = CASE WHEN @all THEN 0 ELSE greatest(access_failed_count - 1, 0) END
        WHERE id = @user AND (SELECT count(*) FROM address) >= 0
        """;

    /// <summary>Counts an attempt of this user; of nobody, for an empty id.</summary>
    /// <param name="userId">Whose account it is.</param>
    /// <param name="deviceToken">What the client has been given as the user's device, if anything.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    public async Task<Attempt> BeginAsync(Guid userId, string? deviceToken, CancellationToken ct)
    {
        if (deviceToken is null)
        {
            return await CountAsync(userId, ct);
        }
        var hash = Secret.Hash(deviceToken);
        return await BeginAsync(userId, db.Devices.Where(device => device.TokenHash == hash), ct);
    }

    /// <summary>Counts an attempt of a user who is logged in.</summary>
    public Task<Attempt> BeginInSessionAsync(Guid userId, Guid? sessionId, CancellationToken ct) =>
        BeginAsync(
            userId,
            db.Devices.Where(device => db.Sessions.Any(session => session.Id == sessionId && session.DeviceId == device.Id)),
            ct
        );

    private async Task<Attempt> BeginAsync(Guid userId, IQueryable<Device> devices, CancellationToken ct)
    {
        var unusedSince = clock.GetUtcNow() - Device.Lifetime;
        var device = await devices
            .Where(row => row.UserId == userId && row.LastUsedAt > unusedSince && row.FailedCount < MostFailures)
            .Where(row => db.Users.OfEveryOrganization().Any(user => user.Id == userId && user.Active && user.PasswordHash != null))
            .Select(row => (Guid?)row.Id)
            .SingleOrDefaultAsync(ct);
        var counted = await db
            .Devices.Where(row => row.Id == device && row.FailedCount < MostFailures)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.FailedCount, row => row.FailedCount + 1), ct);
        return counted == 1 ? new Attempt(userId, device, null, null) : await CountAsync(userId, ct);
    }

    private async Task<Attempt> CountAsync(Guid userId, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        var counted = await db
            .Database.SqlQueryRaw<Counted>(
                CountSql,
                new NpgsqlParameter("now", now),
                new NpgsqlParameter("address", client.Network),
                new NpgsqlParameter("user", userId),
                new NpgsqlParameter("most_of_address", settings.Value.FailuresPerAddress!.Value)
            )
            .OverEveryOrganization()
            .ToListAsync(ct);
        return new Attempt(userId, null, counted[0].OfAccount, counted[0].OfAddress);
    }

    /// <summary>The attempt was wrong, or was not looked at: it stays counted, and the audit log tells of it, also where the client has hung up.</summary>
    /// <param name="user">Whose account it is; null where there is none, which takes as long.</param>
    /// <param name="attempt">The attempt; null for one that is not counted, as nobody can guess.</param>
    /// <param name="organizationId">The organisation that learns of it, where it is known and the user is not.</param>
    public async Task FailAsync(User? user, Attempt? attempt, Guid? organizationId = null)
    {
        if (user is null || user.Id != caller.UserId)
        {
            // Nobody has proved to be the user, whatever credential came along. The account's organisation learns of it.
            caller.ActFor(user?.OrganizationId ?? organizationId ?? Guid.Empty, UserReference.Nobody);
        }
        var locks = attempt?.OfAccount % MostFailures == 0 || attempt?.OfAddress % settings.Value.FailuresPerAddress == 0;
        metrics.Fail(locks);
        db.Note(locks ? AuditAction.Lockout : AuditAction.Failure, nameof(User), user?.Id, user?.CustomerId);
        await db.SaveChangesAsync(CancellationToken.None);
    }

    /// <summary>The attempt was right, and the user is in: the failures before it are forgotten.</summary>
    public Task SucceedAsync(Attempt attempt, CancellationToken ct) => TakeBackAsync(attempt, all: true, ct);

    /// <summary>The attempt was right but is not all that is asked for, or it was not meant: only this one is forgotten.</summary>
    public Task ForgiveAsync(Attempt attempt, CancellationToken ct) => TakeBackAsync(attempt, all: false, ct);

    private async Task TakeBackAsync(Attempt attempt, bool all, CancellationToken ct)
    {
        if (attempt.DeviceId is { } deviceId)
        {
            await db
                .Devices.Where(row => row.Id == deviceId && row.FailedCount > 0)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.FailedCount, row => all ? 0 : row.FailedCount - 1), ct);
            return;
        }
        await db.Database.ExecuteSqlRawAsync(
            TakeBackSql,
            [
                new NpgsqlParameter("address", client.Network),
                new NpgsqlParameter("user", attempt.UserId),
                new NpgsqlParameter("all", all),
                new NpgsqlParameter("of_account", attempt.OfAccount ?? 0),
                new NpgsqlParameter("of_address", attempt.OfAddress ?? 0),
            ],
            ct
        );
    }

    private static string NextOf(string count, string expiresAt) => $"CASE WHEN {expiresAt} > @now THEN {count} + 1 ELSE 1 END";

    // The eighth lock would be longer than a day; a larger power would overflow some time.
    private static string LockAfter(string most) =>
        $"""
            CASE WHEN number % {most} = 0
                THEN @now + least(interval '15 minutes' * power(2, least(number / {most} - 1, 7)), interval '24 hours') END
            """;

    private sealed record Counted(int? OfAccount, int? OfAddress);
}

/// <summary>An attempt that was counted.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="DeviceId">The user's device, if it came from one that is trusted; it is counted there alone.</param>
/// <param name="OfAccount">Which of the account's failures it would be; null where it is locked, or there is none.</param>
/// <param name="OfAddress">Which of the address's.</param>
internal sealed record Attempt(Guid UserId, Guid? DeviceId, int? OfAccount, int? OfAddress)
{
    /// <summary>Whether what was sent may be looked at.</summary>
    public bool IsAdmitted => DeviceId is not null || OfAccount is not null;
}
