using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FastEndpoints;

/// <summary>Adds FastEndpoints to an application.</summary>
public static class MainExtensions
{
    /// <summary>Finds endpoints and validators, and adds the services that they need.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Says where to look.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddFastEndpoints(this IServiceCollection services, Action<EndpointDiscoveryOptions>? options = null)
    {
        var discovery = new EndpointDiscoveryOptions();
        options?.Invoke(discovery);
        var types = new DiscoveredTypes(discovery);
        foreach (var validator in types.Validators.SelectMany(group => group))
        {
            services.AddSingleton(validator);
        }

        return services.AddSingleton(types).AddHttpContextAccessor().AddAuthorization();
    }

    /// <summary>Maps the endpoints found.</summary>
    /// <param name="app">The application.</param>
    /// <param name="configAction">Changes the settings.</param>
    /// <returns>The same application.</returns>
    public static IApplicationBuilder UseFastEndpoints(this IApplicationBuilder app, Action<Config>? configAction = null)
    {
        if (app is not IEndpointRouteBuilder routes)
        {
            throw new InvalidCastException($"{app.GetType().Name} has no endpoint routing; call MapFastEndpoints where the routes are.");
        }

        routes.MapFastEndpoints(configAction);
        return app;
    }

    /// <summary>Maps the endpoints found.</summary>
    /// <param name="app">The routes.</param>
    /// <param name="configAction">Changes the settings.</param>
    /// <returns>The same routes.</returns>
    public static IEndpointRouteBuilder MapFastEndpoints(this IEndpointRouteBuilder app, Action<Config>? configAction = null)
    {
        var types = app.ServiceProvider.GetRequiredService<DiscoveredTypes>();
        var resultJson = app.ServiceProvider.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var config = new Config(new(resultJson));
        configAction?.Invoke(config);

        var mapper = new EndpointMapper(app, new ApplicationContext(config, resultJson));
        using var scope = app.ServiceProvider.CreateScope();
        foreach (var type in types.Endpoints)
        {
            mapper.Map(type, scope.ServiceProvider, types.Validators);
        }

        mapper.MapTestUrls();
        return app;
    }
}
