using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lending.Platform.Clocks;

internal static class ClocksRegistration
{
    /// <summary>Runs behind the modules: the one that knows organisations knows sandboxes.</summary>
    public static void AddOrganizationClocks(this IServiceCollection services)
    {
        services.TryAddSingleton<ISandboxDirectory, NoSandboxes>();
        services.AddSingleton<SandboxClocks>();
        services.AddScoped<OrganizationClock>();
    }

    /// <summary>A host without organisations has no sandboxes.</summary>
    private sealed class NoSandboxes : ISandboxDirectory
    {
        public Task<IReadOnlyList<Sandbox>> ReadAsync(Guid? organizationId, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<Sandbox>>([]);
    }
}
