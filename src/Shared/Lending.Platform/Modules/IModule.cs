using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lending.Platform.Modules;

/// <summary>A module: the only public type of its assembly. The host lists its modules; they are not searched for.</summary>
public interface IModule
{
    /// <summary>Registers the module's DbContext, contracts and services. Slices are found in the module's assembly.</summary>
    void AddServices(IServiceCollection services, IHostEnvironment environment);

    /// <summary>Maps the module's pages for browsers, if it has some: outside of the API, and marked as <see cref="Http.HostedPage"/>.</summary>
    void MapPages(IEndpointRouteBuilder app) { }
}
