using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Microsoft.Extensions.Logging;

namespace Lending.Platform.Jobs;

/// <summary>What the time brings about in each organisation, by that organisation's clock. Works off whatever fell due while nobody looked.</summary>
public abstract class OrganizationJob(SandboxClocks clocks, TimeProvider clock, ILogger logger) : RepeatedJob(clock, logger)
{
    /// <summary>Does all that is due now.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await clocks.ReadAllAsync(ct);
        foreach (var organizationId in (await FindOrganizationsAsync(ct)).Union(clocks.Advanced))
        {
            await CatchUpAsync(organizationId, ct);
        }
    }

    /// <summary>Does what is due now in an organisation; what fails is logged, and tried again at the next turn.</summary>
    // What is wrong with one organisation's rows must not stop the others.
    public Task CatchUpAsync(Guid organizationId, CancellationToken ct) => TryAsync(() => RunAsync(organizationId, ct), ct);

    /// <summary>Does what is due now in an organisation.</summary>
    public abstract Task RunAsync(Guid organizationId, CancellationToken ct);

    /// <summary>Where something is due by the real time. Sandboxes that are ahead need not be found.</summary>
    protected abstract Task<List<Guid>> FindOrganizationsAsync(CancellationToken ct);

    /// <summary>The time in an organisation.</summary>
    protected DateTimeOffset NowIn(Guid organizationId) => clocks.NowIn(organizationId).ToStorable();

    /// <inheritdoc />
    protected override Task DoAsync(CancellationToken ct) => RunAsync(ct);
}
