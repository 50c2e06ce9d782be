using System.Globalization;
using Microsoft.AspNetCore.Routing.Patterns;

namespace FastEndpoints;

/// <summary>Builds routes from their parts, and compares them.</summary>
internal static class RouteTemplate
{
    public static string Join(params ReadOnlySpan<string?> parts)
    {
        var segments = new List<string>();
        foreach (var part in parts)
        {
            if (part?.Trim('/') is { Length: > 0 } trimmed)
            {
                segments.Add(trimmed);
            }
        }

        return "/" + string.Join('/', segments);
    }

    public static string Build(Config config, EndpointDefinition definition, string route)
    {
        var number = definition.Version.Current > 0 ? definition.Version.Current : config.Versioning.DefaultVersion;
        var version = number > 0 ? (config.Versioning.Prefix ?? "v") + number.ToString(CultureInfo.InvariantCulture) : null;
        var prefix = config.Endpoints.RoutePrefix is null ? null : definition.OverriddenRoutePrefix ?? config.Endpoints.RoutePrefix;
        return config.Versioning.PrependToRoute is true ? Join(prefix, version, route) : Join(prefix, route, version);
    }

    /// <summary>Two routes with the same key match the same requests: parameter names and letter case make no difference.</summary>
    public static string Key(string route) =>
        string.Join('/', RoutePatternFactory.Parse(route).PathSegments.Select(segment => string.Concat(segment.Parts.Select(Key))));

    private static string Key(RoutePatternPart part) =>
        part switch
        {
            RoutePatternLiteralPart literal => literal.Content.ToUpperInvariant(),
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter => $"{{{string.Join(':', parameter.ParameterPolicies.Select(policy => policy.Content))}}}",
            _ => throw new InvalidOperationException($"Unknown route part {part}."),
        };
}
