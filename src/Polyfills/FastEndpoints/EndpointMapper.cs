using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FastEndpoints;

/// <summary>Turns endpoint classes into routes. All mistakes that can be seen are errors here, when the application starts.</summary>
/// <param name="app">Takes the routes.</param>
/// <param name="application">What the endpoints share.</param>
internal sealed class EndpointMapper(IEndpointRouteBuilder app, ApplicationContext application)
{
    private readonly Dictionary<string, Type> _owners = new(StringComparer.Ordinal);
    private readonly List<string> _testUrls = [];

    /// <summary>Maps one endpoint class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="services">Makes the instance that Configure runs on; what it injects is thereby known to resolve.</param>
    /// <param name="validators">The validators of each request type.</param>
    public void Map(Type type, IServiceProvider services, ILookup<Type, Type> validators)
    {
        var create = ActivatorUtilities.CreateFactory(type, Type.EmptyTypes);
        var prototype = (BaseEndpoint)create(services, null);
        var definition = prototype.CreateDefinition(application);
        prototype.Definition = definition;
        prototype.Configure();
        if (application.Config.Endpoints.Filter?.Invoke(definition) is false)
        {
            return;
        }

        Check(definition);
        application.Config.Endpoints.Configurator?.Invoke(definition);
        definition.ValidatorType ??= OnlyValidator(definition, validators);
        var validator = definition.ValidatorType is null ? null : services.GetRequiredService(definition.ValidatorType);
        definition.Handler = Handler(type);
        definition.ReturnsResponse = string.Equals(definition.Handler.Name, "ExecuteAsync", StringComparison.Ordinal);
        definition.Pipeline = prototype.CreatePipeline(definition, validator);

        for (var i = 0; i < definition.Routes!.Length; i++)
        {
            var route = RouteTemplate.Build(application.Config, definition, definition.Routes[i]);
            _testUrls.Add($"{type.FullName}|{route}");
            foreach (var verb in definition.Verbs!)
            {
                Claim(verb, route, type);
                var builder = app.MapMethods(route, [verb], RequestDelegate(create, definition));
                EndpointMetadata.Add(new RouteHandlerBuilder([builder]), definition, verb, NameOf(definition, verb, i + 1));
            }
        }
    }

    /// <summary>
    /// Tells the test client each endpoint's route, as FastEndpoints does. It is what lets the client work without static state;
    /// a deployed system does not tell its routes.
    /// </summary>
    public void MapTestUrls()
    {
        if (!app.ServiceProvider.GetRequiredService<IHostEnvironment>().IsProduction())
        {
            app.MapGet("_test_url_cache_", () => Results.Json(_testUrls)).AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
        }

        TestClientJson.Use(application);
    }

    private static RequestDelegate RequestDelegate(ObjectFactory create, EndpointDefinition definition) =>
        http =>
        {
            var endpoint = (BaseEndpoint)create(http.RequestServices, null);
            (endpoint.Definition, endpoint.HttpContext) = (definition, http);
            return endpoint.ExecAsync(http.RequestAborted);
        };

    private static MethodInfo Handler(Type type)
    {
        var handlers = type.GetMethods(BindingFlags.Instance | BindingFlags.Public)
            .Where(method =>
                method.Name is "ExecuteAsync" or "HandleAsync" && method.DeclaringType!.Assembly != typeof(BaseEndpoint).Assembly
            )
            .ToList();
        return handlers.Count == 1
            ? handlers[0]
            : throw new InvalidOperationException($"{type.FullName} must override either ExecuteAsync or HandleAsync.");
    }

    private static void Check(EndpointDefinition definition)
    {
        if (definition.Verbs is not { Length: > 0 })
        {
            throw new InvalidOperationException($"{definition.EndpointType.FullName} declares no HTTP method.");
        }

        if (definition.Routes is not { Length: > 0 })
        {
            throw new InvalidOperationException($"{definition.EndpointType.FullName} declares no route.");
        }
    }

    private static Type? OnlyValidator(EndpointDefinition definition, ILookup<Type, Type> validators)
    {
        var candidates = validators[definition.ReqDtoType].ToList();
        return candidates.Count <= 1
            ? candidates.SingleOrDefault()
            : throw new InvalidOperationException(
                $"{definition.ReqDtoType.FullName} has several validators: {string.Join(", ", candidates)}. "
                    + $"{definition.EndpointType.FullName} must name one with Validator<T>()."
            );
    }

    private void Claim(string verb, string route, Type type)
    {
        if (!_owners.TryAdd($"{verb} {RouteTemplate.Key(route)}", type))
        {
            var owner = _owners[$"{verb} {RouteTemplate.Key(route)}"];
            throw new InvalidOperationException($"{verb} {route} is answered twice: by {owner.FullName} and by {type.FullName}.");
        }
    }

    private string NameOf(EndpointDefinition definition, string verb, int number)
    {
        var type = definition.EndpointType;
        var name = application.Config.Endpoints.ShortNames ? type.Name : type.FullName!.Replace(".", "", StringComparison.Ordinal);
        name = name.Replace("+", "", StringComparison.Ordinal);
        if (definition.Verbs!.Length > 1)
        {
            name = verb + name;
        }

        return definition.Routes!.Length > 1 ? FormattableString.Invariant($"{name}{number}") : name;
    }
}
