using System.Collections.Concurrent;
using System.Collections.Frozen;
using Lending.Identity.Data;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Identity.Authentication;

/// <summary>
/// Answers from a snapshot of the latest revocations, so that a request costs no query. If the database cannot be read, an old snapshot is not
/// used for longer: then every request fails.
/// </summary>
internal sealed class AccessRevocationSnapshots(IServiceScopeFactory scopes, TimeProvider clock) : IAccessRevocations
{
    /// <summary>From this age on, a snapshot is replaced, while requests still use it.</summary>
    private static readonly TimeSpan ReloadAge = TimeSpan.FromSeconds(10);

    /// <summary>From this age on, requests wait for the new one.</summary>
    private static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(20);

    /// <summary>Older revocations concern expired tokens only: a token lives for a day at most; an hour for clocks that differ.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(25);

    /// <summary>Sessions that this instance has ended, by the moment, as long as a snapshot may lack them.</summary>
    private readonly ConcurrentDictionary<Guid, long> endedHere = new();

    private readonly Lock gate = new();
    private Snapshot? current;
    private Task<Snapshot>? reload;

    public async ValueTask<bool> IsRevokedAsync(Guid userId, int accessVersion, Guid sessionId, CancellationToken ct)
    {
        var snapshot = Volatile.Read(ref current);
        while (snapshot is null || Age(snapshot) >= ReloadAge)
        {
            var reloading = ReloadOnce();
            if (snapshot is not null && Age(snapshot) < MaximumAge)
            {
                break;
            }
            snapshot = await reloading.WaitAsync(ct);
        }
        return (snapshot.FirstValidVersions.TryGetValue(userId, out var firstValidVersion) && accessVersion < firstValidVersion)
            || snapshot.EndedSessions.Contains(sessionId)
            || endedHere.ContainsKey(sessionId);
    }

    /// <summary>Lets this instance know at once that a session has ended; the others read it with their next snapshot.</summary>
    public void EndHere(Guid sessionId) => endedHere[sessionId] = clock.GetTimestamp();

    private TimeSpan Age(Snapshot snapshot) => clock.GetElapsedTime(snapshot.Timestamp);

    private Task<Snapshot> ReloadOnce()
    {
        lock (gate)
        {
            if (current is not null && Age(current) < ReloadAge)
            {
                return Task.FromResult(current);
            }
            return reload is { IsCompleted: false } ? reload : reload = Task.Run(LoadAsync);
        }
    }

    private async Task<Snapshot> LoadAsync()
    {
        // The snapshot's age counts from before the query, because revocations that are committed during it may be missing.
        var timestamp = clock.GetTimestamp();
        var now = clock.GetUtcNow();
        var since = now - Horizon;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        var versions = await db
            .AccessRevocations.Where(revocation => revocation.RevokedAt >= since)
            .GroupBy(revocation => revocation.UserId)
            .Select(group => new { UserId = group.Key, Version = group.Max(revocation => revocation.AccessVersion) })
            .ToListAsync();
        var ended = await db
            .EndedSessions.Where(session => session.TokensExpireAt > now)
            .Select(session => session.SessionId)
            .ToListAsync();
        var snapshot = new Snapshot(
            timestamp,
            versions.ToFrozenDictionary(entry => entry.UserId, entry => entry.Version),
            ended.ToFrozenSet()
        );
        Volatile.Write(ref current, snapshot);
        foreach (var known in endedHere.Where(session => session.Value < timestamp))
        {
            endedHere.TryRemove(known);
        }
        return snapshot;
    }

    private sealed record Snapshot(long Timestamp, FrozenDictionary<Guid, int> FirstValidVersions, FrozenSet<Guid> EndedSessions);
}
