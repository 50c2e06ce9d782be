using Lending.Audit.Contracts;
using Lending.Audit.Data;
using Lending.Audit.Seals;
using Lending.Kernel;
using Lending.Platform.Modules;
using Lending.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lending.Audit;

/// <summary>The audit log: keeps, seals, checks and shows the entries that the platform writes.</summary>
public sealed class AuditModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IHostEnvironment environment)
    {
        services.AddModuleDbContext<AuditDbContext>(AuditDbContext.Schema);
        services.AddSingleton(new PermissionGrant(AuditPermission.AuditRead, Role.Admin));
        services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<IDatabasePreparation, LogPreparation>();
        services.AddSingleton<Sealing>();
        services.AddSingleton<IAuditVerification, Verification>();
        services.AddHostedService<SealingJob>();
    }
}
