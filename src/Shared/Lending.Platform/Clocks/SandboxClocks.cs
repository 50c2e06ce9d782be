using System.Collections.Concurrent;

namespace Lending.Platform.Clocks;

/// <summary>What time it is in each organisation: the real time, or in a sandbox ahead by as much as it was advanced. A singleton.</summary>
/// <remarks>It answers from memory. Whoever works for a sandbox reads that one anew before, so all instances agree.</remarks>
public sealed class SandboxClocks(ISandboxDirectory directory, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, TimeSpan> known = new();

    // What an organisation is, never changes: of each that is none, this is asked once.
    private readonly ConcurrentDictionary<Guid, bool> others = new();

    /// <summary>The sandboxes whose clocks were advanced.</summary>
    public IEnumerable<Guid> Advanced => known.Where(sandbox => sandbox.Value > TimeSpan.Zero).Select(sandbox => sandbox.Key);

    /// <summary>Whether this is a sandbox.</summary>
    public bool IsSandbox(Guid organizationId) => known.ContainsKey(organizationId);

    /// <summary>The time in this organisation.</summary>
    public DateTimeOffset NowIn(Guid organizationId) => clock.GetUtcNow() + known.GetValueOrDefault(organizationId);

    /// <summary>Reads the clock of an organisation that somebody is about to work for; it costs a query where that is a sandbox, or was never asked about.</summary>
    public async ValueTask FollowAsync(Guid organizationId, CancellationToken ct)
    {
        if (others.ContainsKey(organizationId))
        {
            return;
        }
        await ReadAsync(organizationId, ct);
        if (!IsSandbox(organizationId))
        {
            others.TryAdd(organizationId, true);
        }
    }

    /// <summary>Reads the clocks of all sandboxes, new ones among them.</summary>
    public Task ReadAllAsync(CancellationToken ct) => ReadAsync(null, ct);

    /// <summary>Reads the clocks of all sandboxes, or of this one.</summary>
    public async Task ReadAsync(Guid? organizationId, CancellationToken ct)
    {
        foreach (var sandbox in await directory.ReadAsync(organizationId, ct))
        {
            // Clocks only go forwards: of two that are read at once, the later is the newer one.
            known.AddOrUpdate(sandbox.OrganizationId, sandbox.Ahead, (_, before) => before > sandbox.Ahead ? before : sandbox.Ahead);
        }
    }
}
