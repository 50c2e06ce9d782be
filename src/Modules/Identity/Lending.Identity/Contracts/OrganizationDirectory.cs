using System.Linq.Expressions;
using Lending.Identity.Data;
using Lending.Identity.Organizations;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Identity.Contracts;

internal sealed class OrganizationDirectory(IServiceProvider services, IMemoryCache cache) : IOrganizationDirectory
{
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(30);

    private static readonly Expression<Func<Organization, Organization, OrganizationSummary>> Summary = (organization, owner) =>
        new OrganizationSummary(
            organization.Id,
            owner.Name,
            owner.Currency,
            owner.TimeZone,
            owner.ApprovalTiers,
            owner.AllowPayoutBeforeWithdrawalEnds,
            organization.SandboxOf != null,
            owner.AcceptanceNeedsCode,
            owner.DisplayName,
            owner.Color,
            owner.Locale
        );

    public async ValueTask<OrganizationSummary> GetAsync(Guid organizationId, CancellationToken ct) =>
        (
            await cache.GetOrCreateAsync(
                (nameof(OrganizationDirectory), organizationId),
                entry =>
                {
                    entry.AbsoluteExpirationRelativeToNow = CacheTime;
                    return ReadAloneAsync(organizationId, ct);
                }
            )
        )!;

    public ValueTask<OrganizationSummary> GetDefaultAsync(CancellationToken ct) => GetAsync(Organization.DefaultId, ct);

    public Task<OrganizationSummary> ReadAsync(Guid organizationId, CancellationToken ct) =>
        // Leased only now, as most who ask are answered by the cache.
        ReadAsync(services.GetRequiredService<IdentityDbContext>(), organizationId, ct);

    private async Task<OrganizationSummary> ReadAloneAsync(Guid organizationId, CancellationToken ct)
    {
        // Not the scope's context: what the cache keeps for everybody must not come out of a transaction that may be rolled back.
        await using var db = await services.GetRequiredService<IDbContextFactory<IdentityDbContext>>().CreateDbContextAsync(ct);
        return await ReadAsync(db, organizationId, ct);
    }

    private static async Task<OrganizationSummary> ReadAsync(IdentityDbContext db, Guid organizationId, CancellationToken ct) =>
        // A sandbox has the settings of its organisation.
        await db
            .Organizations.OfEveryOrganization()
            .Where(organization => organization.Id == organizationId)
            .Join(db.Organizations, organization => organization.SandboxOf ?? organization.Id, owner => owner.Id, Summary)
            .SingleOrDefaultAsync(ct)
        ?? throw new InvalidOperationException($"There is no organisation {organizationId}.");
}
