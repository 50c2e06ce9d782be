using FastEndpoints.Swagger;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NJsonSchema;
using NJsonSchema.Generation;
using NJsonSchema.Generation.TypeMappers;
using NSwag;
using NSwag.Generation;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;

namespace Lending.Platform.OpenApi;

/// <summary>
/// The API document. FastEndpoints.Swagger makes it from the slices and their XML documentation; what it cannot know, or would get wrong, is told by
/// the other classes of this folder.
/// </summary>
public static class LendingOpenApi
{
    /// <summary>Where the document is answered.</summary>
    public const string DocumentPath = $"/openapi/{DocumentName}.json";

    private const string DocumentName = "v1";
    private const string AccessTokenScheme = "bearer";
    private const string ApiKeyScheme = "apiKey";

    internal static void AddLendingOpenApi(this IServiceCollection services) =>
        services.SwaggerDocument(options =>
        {
            options.DocumentSettings = settings => Configure(settings, options.Services);
            // Otherwise it takes only slices without a version, and there are none.
            options.MaxEndpointVersion = 1;
            options.ExcludeNonFastEndpoints = true;
            // The page parameters of a list are members of the request's base class; as a schema of their own they would lose their descriptions.
            options.FlattenSchema = true;
            options.TagCase = TagCase.None;
            options.EnableJWTBearerAuth = false;
        });

    /// <summary>
    /// Answers the document. It is made when somebody asks for it for the first time, so that no start waits for it, and then kept; it names no
    /// server, so that it is the same for everybody.
    /// </summary>
    public static void MapLendingOpenApi(this WebApplication app)
    {
        var document = new Lazy<Task<string>>(async () =>
        {
            var generator = app.Services.GetRequiredService<IOpenApiDocumentGenerator>();
            return (await generator.GenerateAsync(DocumentName)).ToJson();
        });
        app.MapGet(DocumentPath, async () => TypedResults.Text(await document.Value, System.Net.Mime.MediaTypeNames.Application.Json));
    }

    private static void Configure(AspNetCoreOpenApiDocumentGeneratorSettings settings, IServiceProvider services)
    {
        settings.DocumentName = DocumentName;
        settings.Version = DocumentName;
        settings.Title = "Lending";
        settings.Description =
            "Loans for green technology: installers create customers and loan offers, customers read what is theirs. "
            + "Log in with `POST /api/v1/auth/login` and send the access token as `Authorization: Bearer …`; "
            + "systems send an API key as `X-Api-Key: …` instead. "
            + "Every error is a problem-details document (RFC 9457) with a stable `code` and a `traceId`.";
        settings.AddAuth(
            AccessTokenScheme,
            new OpenApiSecurityScheme
            {
                Type = OpenApiSecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "The `accessToken` that `POST /api/v1/auth/login` answers.",
            }
        );
        settings.AddAuth(
            ApiKeyScheme,
            new OpenApiSecurityScheme
            {
                Type = OpenApiSecuritySchemeType.ApiKey,
                In = OpenApiSecurityApiKeyLocation.Header,
                Name = ApiKeyHandler.Header,
                Description = "The `key` that `POST /api/v1/api-keys` answers. It may do what its scopes say.",
            }
        );
        settings.SchemaSettings.GenerateExamples = true;
        settings.SchemaSettings.SchemaNameGenerator = new SchemaNames();
        settings.SchemaSettings.TypeMappers.Add(new MergePatchSchema());
        settings.SchemaSettings.TypeMappers.Add(new PrimitiveTypeMapper(typeof(Stream), Binary));
        // Before FastEndpoints adds what validators ask for.
        var facts = new JsonFacts(services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
        var processors = settings.SchemaSettings.SchemaProcessors;
        List<ISchemaProcessor> inOrder = [facts, .. processors];
        processors.Clear();
        inOrder.ForEach(processors.Add);
        settings.OperationProcessors.Add(new RequestFacts());
        settings.OperationProcessors.Add(new ProblemResponses());
        settings.OperationProcessors.Add(new IdempotencyFacts());
        settings.OperationProcessors.Add(new StandbyFacts());
        // What a module has to tell beside its slices.
        foreach (var processor in services.GetServices<IDocumentProcessor>())
        {
            settings.DocumentProcessors.Add(processor);
        }
        settings.PostProcess = Tidy;
    }

    private static void Tidy(OpenApiDocument document)
    {
        // Left over from requests that became parameters or patches.
        var written = document.ToJson();
        var schemas = document.Components.Schemas;
        foreach (var name in schemas.Keys.Where(name => !written.Contains($"/schemas/{name}\"", StringComparison.Ordinal)).ToList())
        {
            schemas.Remove(name);
        }
        foreach (var member in schemas.Values.SelectMany(schema => schema.Properties.Values))
        {
            Tidy(member);
        }
        Sort(document.Paths);
        Sort(schemas);
        document.Tags =
        [
            .. document.Operations.SelectMany(one => one.Operation.Tags).Distinct().Select(tag => new OpenApiTag { Name = tag }),
        ];
    }

    private static void Tidy(JsonSchemaProperty member)
    {
        if (member.IsNullableRaw == false)
        {
            // False is the default, and may not stand beside a reference.
            member.IsNullableRaw = null;
        }
        else if (member is { IsNullableRaw: true, OneOf.Count: 1 })
        {
            // OpenAPI 3.0 knows nullable only beside a type.
            member.Type = member.OneOf.Single().ActualSchema.Type;
        }
        // The length that validators ask of a list is written as that of a text; and a text's least length of 0 says nothing.
        if (member.Type.HasFlag(JsonObjectType.Array))
        {
            (member.MinItems, member.MinLength) = (member.MinLength ?? 0, null);
        }
        else if (member.MinLength == 0)
        {
            member.MinLength = null;
        }
    }

    private static void Sort<T>(IDictionary<string, T> entries)
    {
        var sorted = entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        entries.Clear();
        sorted.ForEach(entries.Add);
    }

    private static void Binary(JsonSchema schema)
    {
        schema.Type = JsonObjectType.String;
        schema.Format = JsonFormatStrings.Binary;
    }
}
