using Lending.Kernel;
using Lending.NewModule.Contracts;
using Lending.NewModule.Data;
using Lending.Platform.Modules;
using Lending.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lending.NewModule;

/// <summary>The new entities of an organisation.</summary>
public sealed class NewModuleModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IHostEnvironment environment)
    {
        services.AddModuleDbContext<NewModuleDbContext>(NewModuleDbContext.Schema);
        services.AddSingleton(new PermissionGrant(NewModulePermission.NewEntitiesRead, Role.Installer, Role.Admin, Role.Underwriter));
    }
}
