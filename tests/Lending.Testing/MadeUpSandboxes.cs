using System.Collections.Concurrent;
using System.Net;
using Lending.Platform.Clocks;
using Lending.Platform.Security;

namespace Lending.Testing;

/// <summary>Sandboxes for tests of one module, where there is no Identity module: their clocks, and keys that work in them.</summary>
public sealed class MadeUpSandboxes : ISandboxDirectory, IApiKeys
{
    private readonly ConcurrentDictionary<Guid, TimeSpan> ahead = new();
    private readonly ConcurrentDictionary<string, CallerIdentity> keys = new(StringComparer.Ordinal);

    /// <summary>Makes this organisation a sandbox, and advances its clock.</summary>
    public void Advance(Guid organizationId, TimeSpan time) => ahead.AddOrUpdate(organizationId, time, (_, before) => before + time);

    /// <summary>The text of a key that works in this sandbox.</summary>
    public string NewKey(Guid organizationId, IEnumerable<string> scopes)
    {
        ahead.TryAdd(organizationId, TimeSpan.Zero);
        var text = $"made-up-{Unique.Text()}";
        keys[text] = CallerIdentity.OfApiKey(Unique.Id(), Unique.Id(), Unique.Id(), "key", organizationId, scopes);
        return text;
    }

    Task<IReadOnlyList<Sandbox>> ISandboxDirectory.ReadAsync(Guid? organizationId, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Sandbox>>([
            .. ahead
                .Where(sandbox => (organizationId ?? sandbox.Key) == sandbox.Key)
                .Select(sandbox => new Sandbox(sandbox.Key, sandbox.Value)),
        ]);

    ValueTask<CallerIdentity?> IApiKeys.FindAsync(string key, IPAddress? address, CancellationToken ct) =>
        ValueTask.FromResult(keys.GetValueOrDefault(key));
}
