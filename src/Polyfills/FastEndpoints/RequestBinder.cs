using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;

namespace FastEndpoints;

/// <summary>Fills requests from, in this order: JSON body, form, route, query, claims, headers. A later source wins.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
internal sealed class RequestBinder<TRequest>
    where TRequest : notnull
{
    private readonly EndpointDefinition _definition;
    private readonly ApplicationContext _application;
    private readonly Func<TRequest> _create;
    private readonly PropertyBinder<TRequest>[] _properties;
    private readonly Func<HttpContext, CancellationToken, ValueTask<TRequest?>> _readJson;

    public RequestBinder(EndpointDefinition definition)
    {
        (_definition, _application) = (definition, definition.Application);
        var isCollection = typeof(TRequest).IsAssignableTo(typeof(IEnumerable));
        var properties = isCollection ? [] : RequestProperties.Of(typeof(TRequest));
        _properties =
        [
            .. properties.Select(property => PropertyBinder<TRequest>.Create(property, _application)).OfType<PropertyBinder<TRequest>>(),
        ];
        _create = CompileConstructor();

        var bodyProperty = properties.FirstOrDefault(property => property.IsDefined(typeof(FromBodyAttribute)));
        _readJson = bodyProperty is null ? JsonReader<TRequest>(_application) : BodyPropertyReader(bodyProperty);
        NeedsBody = definition.FormDataContentType is null && (isCollection || HasOwnJson() || properties.Any(IsBodyMember));
    }

    /// <summary>Whether some property has no other source than the JSON body.</summary>
    public bool NeedsBody { get; }

    /// <summary>The name on the wire of a property path.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The name.</returns>
    public string FieldName(string path) =>
        Array.Find(_properties, property => string.Equals(property.Name, path, StringComparison.Ordinal))?.FieldName
        ?? _application.FieldNames.Of(path);

    /// <summary>Fills a request.</summary>
    /// <param name="http">The HTTP context.</param>
    /// <param name="failures">Takes the failures.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    /// <returns>The request; and a status code if the body could not be read, so that validating the request makes no sense.</returns>
    public async ValueTask<(TRequest Request, int? BadBodyStatusCode)> BindAsync(
        HttpContext http,
        List<ValidationFailure> failures,
        CancellationToken ct
    )
    {
        TRequest? request = default;
        int? badBodyStatusCode = null;
        if (ReadsJson(http))
        {
            try
            {
                request = await _readJson(http, ct) ?? throw new JsonException("A JSON request body is required.");
            }
            catch (JsonException x) when (_application.Config.Binding.JsonExceptionTransformer is { } transform)
            {
                failures.Add(transform(x));
                badBodyStatusCode = _application.Config.Binding.JsonExceptionStatusCode;
            }
        }

        request ??= _create();
        var form = ReadsForm(http) ? await FormBody.ReadAsync(http, ct) : null;
        foreach (var property in _properties)
        {
            property.Bind(request, http, form, failures);
        }

        return (request, badBodyStatusCode);
    }

    private bool ReadsForm(HttpContext http) =>
        _definition is { FormDataContentType: not null, DontBindFormData: false } && http.Request.HasFormContentType;

    private bool ReadsJson(HttpContext http)
    {
        var method = http.Request.Method;
        var mustHaveBody =
            NeedsBody
            && (HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method))
            && http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not { IsOptional: true };

        // Clients set a content type on a GET without a body, too.
        return mustHaveBody
            || (http.Request.HasJsonContentType() && http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true);
    }

    /// <summary>Whether a converter reads the request as a whole: then it has no properties that would tell.</summary>
    private bool HasOwnJson() => _application.RequestJson.GetTypeInfo(typeof(TRequest)).Kind is JsonTypeInfoKind.None;

    private bool IsBodyMember(PropertyInfo property) =>
        !ApplicationContext.IsOutsideJson(property)
        && !(_definition.Routes ?? []).All(route =>
            RoutePatternFactory.Parse(route).Parameters.Any(parameter => RequestProperties.HasName(property, parameter.Name))
        );

    /// <summary>Compiled, because it must not care whether the constructor's type is internal, and passes default values to a positional record.</summary>
    private static Func<TRequest> CompileConstructor()
    {
        var constructor = typeof(TRequest).GetConstructors().MinBy(candidate => candidate.GetParameters().Length);
        if (constructor is null)
        {
            throw new InvalidOperationException($"The request {typeof(TRequest).FullName} needs a public constructor.");
        }

        var arguments = constructor
            .GetParameters()
            .Select(parameter =>
                parameter.HasDefaultValue && parameter.DefaultValue is { } value
                    ? (Expression)Expression.Convert(Expression.Constant(value), parameter.ParameterType)
                    : Expression.Default(parameter.ParameterType)
            );
        return Expression.Lambda<Func<TRequest>>(Expression.New(constructor, arguments)).Compile();
    }

    private static Func<HttpContext, CancellationToken, ValueTask<T?>> JsonReader<T>(ApplicationContext application)
    {
        var type = (JsonTypeInfo<T>)application.RequestJson.GetTypeInfo(typeof(T));
        return (http, ct) => JsonBody.ReadAsync(http, type, ct);
    }

    private Func<HttpContext, CancellationToken, ValueTask<TRequest?>> BodyPropertyReader(PropertyInfo property) =>
        (Func<HttpContext, CancellationToken, ValueTask<TRequest?>>)
            GetType()
                .GetMethod(nameof(ReadBodyProperty), BindingFlags.Instance | BindingFlags.NonPublic)!
                .MakeGenericMethod(property.PropertyType)
                .Invoke(this, BindingFlags.DoNotWrapExceptions, null, [property], null)!;

    private Func<HttpContext, CancellationToken, ValueTask<TRequest?>> ReadBodyProperty<TBody>(PropertyInfo property)
    {
        var set = property.SetMethod!.CreateDelegate<Action<TRequest, TBody>>();
        var read = JsonReader<TBody>(_application);
        return async (http, ct) =>
        {
            if (await read(http, ct) is not { } body)
            {
                return default;
            }

            var request = _create();
            set(request, body);
            return request;
        };
    }
}
