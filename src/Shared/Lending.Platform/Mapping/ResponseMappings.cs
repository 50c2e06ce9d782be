using System.Reflection;
using Mapster;

namespace Lending.Platform.Mapping;

/// <summary>
/// The mappings from entities to responses. Each response's file registers its own as an <see cref="IRegister"/>; slices use it by <c>Adapt</c> for
/// what was written and by <c>ProjectToType</c> for what is read.
/// </summary>
internal static class ResponseMappings
{
    private static readonly HashSet<Assembly> Known = [];

    /// <summary>Adds the mappings of these assemblies to those that slices use. Hosts of one process share them, so each assembly is read once.</summary>
    public static void Add(IEnumerable<Assembly> assemblies)
    {
        lock (Known)
        {
            AddTo(TypeAdapterConfig.GlobalSettings, [.. assemblies.Where(Known.Add)]);
        }
    }

    /// <summary>Adds the mappings of these assemblies to a configuration and compiles it.</summary>
    /// <exception cref="CompileException">A member of a response, or of what is inside it, has no source.</exception>
    public static void AddTo(TypeAdapterConfig config, params Assembly[] assemblies)
    {
        config.RequireExplicitMapping = true;
        config.RequireDestinationMemberSource = true;
        // Members of the same type on both sides are immutable, so entity and response may share them.
        config.Default.ShallowCopyForSameType(true);
        config.Scan(assemblies);
        config.Compile();
    }
}
