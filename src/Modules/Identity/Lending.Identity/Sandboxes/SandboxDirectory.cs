using Lending.Identity.Data;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Sandboxes;

internal sealed class SandboxDirectory(IDbContextFactory<IdentityDbContext> contexts) : ISandboxDirectory
{
    public async Task<IReadOnlyList<Sandbox>> ReadAsync(Guid? organizationId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var sandboxes = db
            .Organizations.OfEveryOrganization()
            .TagWith("clocks of sandboxes")
            .Where(organization => organization.SandboxOf != null);
        if (organizationId is { } id)
        {
            sandboxes = sandboxes.Where(organization => organization.Id == id);
        }
        return await sandboxes.Select(organization => new Sandbox(organization.Id, organization.ClockAhead)).ToListAsync(ct);
    }
}
