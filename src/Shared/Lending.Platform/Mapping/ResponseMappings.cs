using System.Reflection;
using Mapster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lending.Platform.Mapping;

/// <summary>
/// The mappings from entities to responses. Each response's file registers its own as an <see cref="IRegister"/>; slices use it by <c>Adapt</c> for
/// what was written and by <c>ProjectToType</c> for what is read. They are compiled right after the start, which has better use for the processors; a
/// request that comes before compiles the one that it needs.
/// </summary>
internal sealed class ResponseMappings : BackgroundService
{
    private static readonly HashSet<Assembly> Known = [];

    /// <summary>Adds the mappings of these assemblies to those that slices use. Hosts of one process share them, so each assembly is read once.</summary>
    public static void Add(IServiceCollection services, IEnumerable<Assembly> assemblies)
    {
        lock (Known)
        {
            if (assemblies.Where(Known.Add).ToArray() is { Length: > 0 } added)
            {
                Read(TypeAdapterConfig.GlobalSettings, added);
                services.AddHostedService<ResponseMappings>();
            }
        }
    }

    /// <summary>
    /// Reads the mappings of these assemblies into a configuration that refuses, when it is compiled, a type without mapping and a member without source.
    /// </summary>
    public static void Read(TypeAdapterConfig config, params Assembly[] assemblies)
    {
        config.RequireExplicitMapping = true;
        config.RequireDestinationMemberSource = true;
        // Members of the same type on both sides are immutable, so entity and response may share them.
        config.Default.ShallowCopyForSameType(true);
        config.Scan(assemblies);
    }

    /// <summary>A mapping that cannot be compiled stops the host.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), stoppingToken);
        TypeAdapterConfig.GlobalSettings.Compile();
    }
}
