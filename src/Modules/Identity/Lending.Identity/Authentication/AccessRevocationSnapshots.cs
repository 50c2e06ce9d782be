using System.Collections.Concurrent;
using System.Collections.Frozen;
using Lending.Identity.Data;
using Lending.Identity.Snapshots;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Identity.Authentication;

/// <summary>Answers from a snapshot of the latest revocations, so that a request costs no query.</summary>
internal sealed class AccessRevocationSnapshots : IAccessRevocations
{
    /// <summary>Older revocations concern expired tokens only: a token lives for a day at most; an hour for clocks that differ.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(25);

    /// <summary>So long after a session has ended here, every snapshot in use tells it.</summary>
    private static readonly TimeSpan KeptHere = TimeSpan.FromMinutes(1);

    /// <summary>Sessions that this instance has ended, by the moment.</summary>
    private readonly ConcurrentDictionary<Guid, long> endedHere = new();

    private readonly IServiceScopeFactory scopes;
    private readonly TimeProvider clock;
    private readonly Snapshot<Revocations> latest;

    public AccessRevocationSnapshots(IServiceScopeFactory scopes, TimeProvider clock)
    {
        (this.scopes, this.clock) = (scopes, clock);
        latest = new Snapshot<Revocations>(ReadAsync, clock);
    }

    public async ValueTask<bool> IsRevokedAsync(Guid userId, int accessVersion, Guid sessionId, CancellationToken ct)
    {
        var revocations = await latest.GetAsync(ct);
        return (revocations.FirstValidVersions.TryGetValue(userId, out var firstValidVersion) && accessVersion < firstValidVersion)
            || revocations.EndedSessions.Contains(sessionId)
            || endedHere.ContainsKey(sessionId);
    }

    /// <summary>Lets this instance know at once that a session has ended; the others read it with their next snapshot.</summary>
    public void EndHere(Guid sessionId) => endedHere[sessionId] = clock.GetTimestamp();

    private async Task<Revocations> ReadAsync()
    {
        foreach (var known in endedHere.Where(session => clock.GetElapsedTime(session.Value) > KeptHere))
        {
            endedHere.TryRemove(known);
        }
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
        return new Revocations(versions.ToFrozenDictionary(entry => entry.UserId, entry => entry.Version), ended.ToFrozenSet());
    }

    private sealed record Revocations(FrozenDictionary<Guid, int> FirstValidVersions, FrozenSet<Guid> EndedSessions);
}
