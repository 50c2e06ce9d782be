using System.Net.Mime;
using System.Reflection;
using FastEndpoints;
using FastEndpoints.Swagger;
using Lending.Platform.Http;
using Namotion.Reflection;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Lending.Platform.OpenApi;

/// <summary>How requests are sent: the media type of bodies, and that parameters of the query and headers may be left out.</summary>
internal sealed class RequestFacts : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        var operation = context.OperationDescription.Operation;
        if (MetadataOf(context).OfType<StreamedBody>().FirstOrDefault() is { } streamed)
        {
            var form = context.SchemaGenerator.GenerateWithReference<JsonSchema>(streamed.Form.ToContextualType(), context.SchemaResolver);
            operation.RequestBody = new OpenApiRequestBody { IsRequired = true };
            operation.RequestBody.Content[MediaTypeNames.Multipart.FormData] = new OpenApiMediaType { Schema = form };
            return true;
        }
        if (operation.RequestBody is { } body)
        {
            var isPatch =
                context.GetEndpointDefinition()!.ReqDtoType is { IsGenericType: true } type
                && type.GetGenericTypeDefinition() == typeof(MergePatch<>);
            // Slices whose body may be left out accept any type, and patches any JSON; neither is for clients to know.
            var content = body.Content.Values.First();
            body.Content.Clear();
            body.Content.Add(isPatch ? "application/merge-patch+json" : MediaTypeNames.Application.Json, content);
            (body.Name, body.Description, body.Position) = (null, null, null);
            if (isPatch)
            {
                operation.Description =
                    $"{operation.Description} JSON Merge Patch (RFC 7396): absent members stay as they are, null clears.".Trim();
            }
        }
        foreach (var parameter in operation.Parameters.Where(one => one.Kind is OpenApiParameterKind.Query or OpenApiParameterKind.Header))
        {
            // What is not nullable in C# has a default, and a query string knows no null.
            parameter.IsRequired = false;
            parameter.Schema.IsNullableRaw = null;
            if (parameter.Kind == OpenApiParameterKind.Header)
            {
                parameter.Name = HeadersOf(context).First(name => name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase));
            }
        }
        return true;
    }

    private static IList<object> MetadataOf(OperationProcessorContext context) =>
        ((AspNetCoreOperationProcessorContext)context).ApiDescription.ActionDescriptor.EndpointMetadata;

    private static IEnumerable<string> HeadersOf(OperationProcessorContext context) =>
        context
            .GetEndpointDefinition()!
            .ReqDtoType.GetProperties()
            .Select(one => one.GetCustomAttribute<FromHeaderAttribute>()?.HeaderName)
            .OfType<string>();
}
