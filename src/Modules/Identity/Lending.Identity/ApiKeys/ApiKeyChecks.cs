using System.Net;
using System.Security.Cryptography;
using Lending.Identity.Addresses;
using Lending.Identity.Data;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Lending.Identity.ApiKeys;

/// <summary>
/// Checks keys. A key that works is remembered by its hash for some seconds, so that most requests cost no query; each instance finds out by itself
/// that it was changed or revoked. If the database cannot be read, no key works for longer than that.
/// </summary>
internal sealed class ApiKeyChecks(IDbContextFactory<IdentityDbContext> contexts, ApiKeyUsage usage, TimeProvider clock)
    : IApiKeys,
        IDisposable
{
    private const int RememberedKeys = 10_000;

    private static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(20);

    private readonly MemoryCache remembered = new(new MemoryCacheOptions { SizeLimit = RememberedKeys });

    public async ValueTask<CallerIdentity?> FindAsync(string key, IPAddress? address, CancellationToken ct)
    {
        if (ApiKey.IdIn(key) is not { } id)
        {
            return null;
        }
        var hash = Secret.Hash(key);
        var name = Convert.ToHexString(hash);
        if (!remembered.TryGetValue(name, out Known? known) || clock.GetElapsedTime(known!.Timestamp) >= MaximumAge)
        {
            known = await ReadAsync(id, hash, ct);
            if (known is null)
            {
                remembered.Remove(name);
                return null;
            }
            remembered.Set(name, known, new MemoryCacheEntryOptions { Size = 1 });
        }
        var now = clock.GetUtcNow();
        if (known.ExpiresAt <= now || !known.Addresses.Allow(address))
        {
            return null;
        }
        usage.Count(id, now);
        return known.Identity;
    }

    public void Dispose() => remembered.Dispose();

    private async Task<Known?> ReadAsync(Guid id, byte[] hash, CancellationToken ct)
    {
        // The age counts from before the query, because a revocation that is committed during it may be missed.
        var timestamp = clock.GetTimestamp();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db
            .ApiKeys.OfEveryOrganization()
            .Where(key => key.Id == id && key.RevokedAt == null)
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);
        return found is not null && CryptographicOperations.FixedTimeEquals(found.Hash, hash)
            ? new Known(
                timestamp,
                CallerIdentity.OfApiKey(id, found.OrganizationId, found.CreatedBy.Id, found.Name, found.ActsInOrganizationId, found.Scopes),
                found.ExpiresAt,
                AddressRanges.Read(found.AllowedAddresses)
            )
            : null;
    }

    private sealed record Known(long Timestamp, CallerIdentity Identity, DateTimeOffset ExpiresAt, IPNetwork[] Addresses);
}
