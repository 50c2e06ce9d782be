using Lending.Applications.Data;
using Lending.Applications.Scoring;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Policies;

/// <summary>By what the organisation decides now.</summary>
internal sealed class PolicyInForce(ApplicationsDbContext db)
{
    /// <summary>The live policy and, where there is one, the shadow; the standard policy where none is live.</summary>
    public async Task<(CreditPolicy Live, Policy? Shadow)> ReadAsync(CancellationToken ct)
    {
        var used = await db
            .Policies.AsNoTracking()
            .Where(policy => policy.Status == PolicyStatus.Live || policy.Status == PolicyStatus.Shadow)
            .ToListAsync(ct);
        return (
            used.Find(policy => policy.Status == PolicyStatus.Live)?.Read() ?? CreditPolicy.Standard,
            used.Find(policy => policy.Status == PolicyStatus.Shadow)
        );
    }
}
