using System.Reflection;
using FastEndpoints;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using BindingSource = Microsoft.AspNetCore.Mvc.ModelBinding.BindingSource;

namespace Lending.Platform.OpenApi;

/// <summary>Describes every slice to the API document, from the metadata of its route: nothing is written twice.</summary>
internal sealed class EndpointDescriptions(EndpointDataSource endpoints) : IApiDescriptionProvider
{
    // After ASP.NET's own providers, which see the slices' routes and not what they bind.
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        foreach (
            var described in context
                .Results.Where(result => result.ActionDescriptor.EndpointMetadata.OfType<EndpointDefinition>().Any())
                .ToList()
        )
        {
            context.Results.Remove(described);
        }
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<EndpointDefinition>() is { } definition)
            {
                foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)
                {
                    context.Results.Add(Describe(endpoint, definition, method));
                }
            }
        }
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context) { }

    private static ApiDescription Describe(RouteEndpoint endpoint, EndpointDefinition definition, string method)
    {
        var description = new ApiDescription
        {
            HttpMethod = method,
            GroupName = null,
            RelativePath = string.Join(
                '/',
                endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Text)))
            ),
            ActionDescriptor = new ActionDescriptor
            {
                DisplayName = definition.EndpointType.Name,
                EndpointMetadata = [.. endpoint.Metadata],
                // Becomes the operation's tag: the resource, which is the segment after api and version.
                RouteValues = { ["controller"] = Text(endpoint.RoutePattern.PathSegments[2].Parts[0]) },
            },
        };
        foreach (var parameter in endpoint.RoutePattern.Parameters)
        {
            var type = (parameter.ParameterPolicies is [var policy, ..] ? policy.Content : null) switch
            {
                "guid" => typeof(Guid),
                "int" => typeof(int),
                _ => typeof(string),
            };
            description.ParameterDescriptions.Add(Parameter(parameter.Name, BindingSource.Path, type, isRequired: true));
        }
        var isBodyOptional = endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { IsOptional: true };
        AddRequest(description, definition, method, isBodyOptional);
        foreach (var response in endpoint.Metadata.OfType<IProducesResponseTypeMetadata>())
        {
            description.SupportedResponseTypes.Add(
                new ApiResponseType
                {
                    StatusCode = response.StatusCode,
                    Type = response.Type ?? typeof(void),
                    ModelMetadata = response.Type is null || response.Type == typeof(void) ? null : ModelMetadataOf(response.Type),
                    ApiResponseFormats = [.. response.ContentTypes.Select(type => new ApiResponseFormat { MediaType = type })],
                }
            );
        }
        return description;
    }

    private static void AddRequest(ApiDescription description, EndpointDefinition definition, string method, bool isBodyOptional)
    {
        if (definition.ReqDtoType == typeof(EmptyRequest))
        {
            return;
        }
        if (method is "GET" or "DELETE")
        {
            foreach (var property in definition.ReqDtoType.GetProperties(BindingFlags.Instance | BindingFlags.Public))
            {
                var header = property.GetCustomAttribute<FromHeaderAttribute>();
                var name = header?.HeaderName ?? System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name);
                var source = header is null ? BindingSource.Query : BindingSource.Header;
                description.ParameterDescriptions.Add(Parameter(name, source, property.PropertyType, isRequired: false, property));
            }
            return;
        }
        description.ParameterDescriptions.Add(Parameter("body", BindingSource.Body, definition.ReqDtoType, isRequired: !isBodyOptional));
        description.SupportedRequestFormats.Add(
            new ApiRequestFormat { MediaType = method == "PATCH" ? "application/merge-patch+json" : "application/json" }
        );
    }

    private static ApiParameterDescription Parameter(
        string name,
        BindingSource source,
        Type type,
        bool isRequired,
        PropertyInfo? property = null
    ) =>
        new()
        {
            Name = name,
            Source = source,
            Type = type,
            IsRequired = isRequired,
            ModelMetadata = ModelMetadataOf(type),
            ParameterDescriptor = new EndpointParameter(property) { Name = name, ParameterType = type },
        };

    private static ModelMetadata ModelMetadataOf(Type type) => new EmptyModelMetadataProvider().GetMetadataForType(type);

    private static string Text(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPart part) =>
        part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            _ => throw new InvalidOperationException("A slice's route has literals and parameters only."),
        };
}

/// <summary>A parameter with the request's property behind it, where there is one, so that its documentation is found.</summary>
internal sealed class EndpointParameter(PropertyInfo? property) : ParameterDescriptor
{
    public PropertyInfo? Property => property;
}
