using Lending.Identity.Data;
using Lending.Identity.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Lending.Identity.Contracts;

internal sealed class OrganizationDirectory(IDbContextFactory<IdentityDbContext> contexts, IMemoryCache cache) : IOrganizationDirectory
{
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(30);

    public async ValueTask<OrganizationSummary> GetAsync(Guid organizationId, CancellationToken ct) =>
        (
            await cache.GetOrCreateAsync(
                (nameof(OrganizationDirectory), organizationId),
                entry =>
                {
                    entry.AbsoluteExpirationRelativeToNow = CacheTime;
                    return ReadAsync(organizationId, ct);
                }
            )
        )!;

    public ValueTask<OrganizationSummary> GetDefaultAsync(CancellationToken ct) => GetAsync(Organization.DefaultId, ct);

    private async Task<OrganizationSummary> ReadAsync(Guid organizationId, CancellationToken ct)
    {
        // Leased only now, as most who ask are answered by the cache.
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
                .Organizations.Where(organization => organization.Id == organizationId)
                .Select(organization => new OrganizationSummary(
                    organization.Id,
                    organization.Name,
                    organization.Currency,
                    organization.TimeZone,
                    organization.ApprovalTiers
                ))
                .SingleOrDefaultAsync(ct)
            ?? throw new InvalidOperationException($"There is no organisation {organizationId}.");
    }
}
