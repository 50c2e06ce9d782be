using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using FastEndpoints;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Modules;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Lending.Platform.OpenApi;

/// <summary>The API document: slices describe themselves, XML documentation gives the words, and the usual errors are added once.</summary>
public static class LendingOpenApi
{
    /// <summary>The name of the document, and of the API's version.</summary>
    public const string DocumentName = "v1";

    private const string SecurityScheme = "bearer";

    internal static void AddLendingOpenApi(this IServiceCollection services, IReadOnlyList<IModule> modules)
    {
        var documentation = new XmlDocumentation([
            typeof(LendingOpenApi).Assembly,
            typeof(Page<>).Assembly,
            .. modules.Select(module => module.GetType().Assembly),
        ]);
        services.AddEndpointsApiExplorer();
        services.AddSingleton<IApiDescriptionProvider, EndpointDescriptions>();
        services.AddOpenApi(
            DocumentName,
            options =>
            {
                options.CreateSchemaReferenceId = type => SchemaName(type.Type) ?? OpenApiOptions.CreateDefaultSchemaReferenceId(type);
                options.AddDocumentTransformer((document, _, _) => Task.FromResult(DescribeDocument(document)));
                options.AddOperationTransformer((operation, context, ct) => DescribeOperationAsync(operation, context, documentation, ct));
                options.AddSchemaTransformer((schema, context, ct) => DescribeSchemaAsync(schema, context, documentation, ct));
            }
        );
    }

    // A nested request is named after its slice: CreateOffer.Request becomes CreateOfferRequest.
    private static string? SchemaName(Type type) =>
        type switch
        {
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Page<>) =>
                $"{SchemaName(type.GetGenericArguments()[0])}Page",
            { IsGenericType: true } when IsMergePatch(type) => $"{SchemaName(type.GetGenericArguments()[0])}Patch",
            { IsNested: true, Namespace: { } name } when name.StartsWith("Lending.", StringComparison.Ordinal) => type.DeclaringType!.Name
                + type.Name,
            { Namespace: { } name, IsGenericType: false, IsArray: false, IsEnum: false }
                when name.StartsWith("Lending.", StringComparison.Ordinal) => type.Name,
            _ => null,
        };

    private static bool IsMergePatch(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(MergePatch<>);

    private static OpenApiDocument DescribeDocument(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Lending",
            Version = DocumentName,
            Description =
                "Loans for green technology: installers create customers and loan offers, customers read what is theirs. "
                + "Log in with `POST /api/v1/auth/login` and send the access token as `Authorization: Bearer …`. "
                + "Every error is a problem-details document (RFC 9457) with a stable `code` and a `traceId`.",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [SecurityScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "The `accessToken` that `POST /api/v1/auth/login` answers.",
            },
        };
        return document;
    }

    private static async Task DescribeOperationAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        XmlDocumentation documentation,
        CancellationToken ct
    )
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<EndpointDefinition>().SingleOrDefault() is not { } definition)
        {
            return;
        }
        var slice = definition.EndpointType;
        operation.OperationId = JsonNamingPolicy.CamelCase.ConvertName(slice.Name);
        operation.Summary = documentation.SummaryOf(slice);
        operation.Description = documentation.RemarksOf(slice);
        if (context.Description.HttpMethod == "PATCH")
        {
            operation.Description =
                $"{operation.Description} JSON Merge Patch (RFC 7396): absent members stay as they are, null clears.".Trim();
        }
        foreach (var parameter in context.Description.ParameterDescriptions)
        {
            if (
                parameter.ParameterDescriptor is EndpointParameter { Property: { } property }
                && operation.Parameters?.FirstOrDefault(candidate => candidate.Name == parameter.Name) is OpenApiParameter described
            )
            {
                described.Description = documentation.SummaryOf(property);
            }
        }
        await AddProblemsAsync(operation, context, definition, ct);
        foreach (var (status, description) in documentation.ResponsesOf(slice))
        {
            // What the slice answers itself is described; everything else is a problem.
            if (status[0] < '4' && operation.Responses?.GetValueOrDefault(status) is { } answer)
            {
                answer.Description = description;
            }
            else
            {
                await AddProblemAsync(operation, context, status, description, ct);
            }
        }
        if (definition.AnonymousVerbs is null)
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecurityScheme, context.Document)] = [] },
            ];
        }
    }

    private static async Task AddProblemsAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        EndpointDefinition definition,
        CancellationToken ct
    )
    {
        var description = context.Description;
        if (definition.ReqDtoType != typeof(EmptyRequest))
        {
            await AddProblemAsync(operation, context, "400", "`validation-failed`: all wrong fields at once; `malformed-json`.", ct);
        }
        if (definition.AnonymousVerbs is null)
        {
            await AddProblemAsync(operation, context, "401", "`unauthenticated`: no access token, or one that does not work any more.", ct);
            await AddProblemAsync(operation, context, "403", "`forbidden`: the caller's role does not permit this.", ct);
        }
        if (description.ParameterDescriptions.Any(parameter => parameter.Source.Id == "Path"))
        {
            await AddProblemAsync(operation, context, "404", "`not-found`: there is no such thing, or none that the caller may see.", ct);
        }
        if (operation.RequestBody is not null)
        {
            await AddProblemAsync(operation, context, "413", "`body-too-large`.", ct);
            await AddProblemAsync(operation, context, "415", "`unsupported-media-type`: the body is not JSON.", ct);
        }
        await AddProblemAsync(operation, context, "503", "`busy`: too many requests wait already. Wait as long as `Retry-After` says.", ct);
    }

    private static async Task AddProblemAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        string status,
        string description,
        CancellationToken ct
    )
    {
        operation.Responses ??= [];
        operation.Responses[status] = new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [Problem.ContentType] = new() { Schema = await ProblemSchemaAsync(context, ct) },
            },
        };
    }

    // One schema for all errors, referred to by every operation.
    private static async Task<IOpenApiSchema> ProblemSchemaAsync(OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        const string name = nameof(Problem);
        if (context.Document!.Components?.Schemas?.ContainsKey(name) != true)
        {
            context.Document.AddComponent(name, await context.GetOrCreateSchemaAsync(typeof(ProblemBody), cancellationToken: ct));
        }
        return new OpenApiSchemaReference(name, context.Document);
    }

    private static async Task DescribeSchemaAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        XmlDocumentation documentation,
        CancellationToken ct
    )
    {
        if (context.JsonTypeInfo.Type == typeof(string))
        {
            // Our converter for strings hides from the generator what it writes.
            schema.Type = JsonSchemaType.String | (context.JsonPropertyInfo is { IsGetNullable: true } ? JsonSchemaType.Null : default);
        }
        // A named type is described once, whatever the members that refer to it are for.
        if (context.JsonPropertyInfo?.AttributeProvider is PropertyInfo property && SchemaName(context.JsonTypeInfo.Type) is null)
        {
            schema.Description = documentation.SummaryOf(property) ?? schema.Description;
            if (documentation.ExampleOf(property) is { } example)
            {
                schema.Examples = [ParseExample(example, property.PropertyType)];
            }
        }
        else if (IsMergePatch(context.JsonTypeInfo.Type))
        {
            // A patch has the members of what it is laid over, and needs none of them.
            var patched = await context.GetOrCreateSchemaAsync(context.JsonTypeInfo.Type.GetGenericArguments()[0], cancellationToken: ct);
            schema.Type = JsonSchemaType.Object;
            schema.Properties = patched.Properties;
            schema.AdditionalPropertiesAllowed = false;
        }
        else if (context.ParameterDescription is null)
        {
            schema.Description = documentation.SummaryOf(context.JsonTypeInfo.Type) ?? schema.Description;
        }
    }

    // Numbers, booleans and objects are written as JSON in the documentation; everything else is text.
    private static JsonNode ParseExample(string example, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) || type == typeof(Guid) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type.IsEnum
            ? JsonValue.Create(example)
            : JsonNode.Parse(example)!;
    }
}
