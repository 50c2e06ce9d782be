using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lending.Platform.Modules;

/// <summary>A module: the only public type of its assembly. The host lists its modules; they are not searched for.</summary>
public interface IModule
{
    /// <summary>Registers the module's DbContext, contracts and services. Slices are found in the module's assembly.</summary>
    void AddServices(IServiceCollection services, IHostEnvironment environment);
}
