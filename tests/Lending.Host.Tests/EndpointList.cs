using FastEndpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Host.Tests;

/// <summary>A method and route that the host answers, and the slice behind it.</summary>
public sealed record MappedEndpoint(string Method, string Route, EndpointDefinition Definition)
{
    public override string ToString() => $"{Method} {Route}";
}

internal static class EndpointList
{
    private const string Root = "/api/v1";

    /// <summary>All slices as they are mapped; routes without <c>/api/v1</c>.</summary>
    public static List<MappedEndpoint> Endpoints(this HostFixture host) =>
        [
            .. from endpoint in host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let definition = endpoint.Metadata.GetMetadata<EndpointDefinition>()
            where definition is not null
            from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
            select new MappedEndpoint(method, RouteOf(endpoint), definition),
        ];

    private static string RouteOf(RouteEndpoint endpoint)
    {
        var route =
            "/"
            + endpoint
                .RoutePattern.RawText!.TrimStart('/')
                .Replace(":guid", "", StringComparison.Ordinal)
                .Replace(":int", "", StringComparison.Ordinal);
        route.ShouldStartWith(Root);
        return route[Root.Length..];
    }
}
