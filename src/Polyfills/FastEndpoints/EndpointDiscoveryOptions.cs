using System.Reflection;

namespace FastEndpoints;

/// <summary>Where endpoints and validators are looked for.</summary>
public sealed class EndpointDiscoveryOptions
{
    /// <summary>The assemblies to look in.</summary>
    public IEnumerable<Assembly>? Assemblies { internal get; set; }

    /// <summary>Whether to look in <see cref="Assemblies"/> only.</summary>
    public bool DisableAutoDiscovery { internal get; set; }

    /// <summary>Says which types count.</summary>
    public Func<Type, bool>? Filter { internal get; set; }
}

/// <summary>The endpoint and validator types of an application.</summary>
internal sealed class DiscoveredTypes
{
    public DiscoveredTypes(EndpointDiscoveryOptions options)
    {
        if (options is { DisableAutoDiscovery: true, Assemblies: null })
        {
            throw new InvalidOperationException("DisableAutoDiscovery needs Assemblies to look in.");
        }

        var types = (options.Assemblies ?? [])
            .Concat(options.DisableAutoDiscovery ? [] : ApplicationAssemblies())
            .Distinct()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false })
            .Where(type => options.Filter?.Invoke(type) ?? true)
            .ToList();
        Endpoints =
        [
            .. types.Where(type => type.IsAssignableTo(typeof(BaseEndpoint))).OrderBy(type => type.FullName, StringComparer.Ordinal),
        ];
        Validators = types.Where(type => RequestOf(type) is not null).ToLookup(type => RequestOf(type)!);
    }

    public IReadOnlyList<Type> Endpoints { get; }

    /// <summary>The validators of each request type.</summary>
    public ILookup<Type, Type> Validators { get; }

    private static Type? RequestOf(Type type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.IsGenericType && ancestor.GetGenericTypeDefinition() == typeof(Validator<>))
            {
                return ancestor.GetGenericArguments()[0];
            }
        }

        return null;
    }

    private static IEnumerable<Assembly> ApplicationAssemblies()
    {
        var polyfill = typeof(DiscoveredTypes).Assembly.GetName().Name;
        return AppDomain
            .CurrentDomain.GetAssemblies()
            .Where(assembly =>
                assembly.GetReferencedAssemblies().Any(reference => string.Equals(reference.Name, polyfill, StringComparison.Ordinal))
            );
    }
}
