using System.Text.Json;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace FastEndpoints;

/// <summary>The settings of one application; an instance for each call of <see cref="MainExtensions.UseFastEndpoints"/>.</summary>
public sealed class Config
{
    internal Config(JsonSerializerOptions json) => Serializer = new SerializerOptions(json);

    /// <summary>How requests are bound.</summary>
    public BindingOptions Binding { get; } = new();

    /// <summary>How endpoints are registered.</summary>
    public EndpointOptions Endpoints { get; } = new();

    /// <summary>How validation failures are answered.</summary>
    public ErrorOptions Errors { get; } = new();

    /// <summary>How permissions are found.</summary>
    public SecurityOptions Security { get; } = new();

    /// <summary>How JSON is read and written.</summary>
    public SerializerOptions Serializer { get; }

    /// <summary>How validators behave.</summary>
    public ValidationOptions Validation { get; } = new();

    /// <summary>How versions become part of routes.</summary>
    public VersioningOptions Versioning { get; } = new();
}

/// <summary>Settings of request binding.</summary>
public sealed class BindingOptions
{
    /// <summary>Builds the message for a value that cannot be converted, from the property's type, its name and the value.</summary>
    public Func<Type, string, StringValues, string> FailureMessage { internal get; set; } =
        (type, _, value) => $"'{value}' is not a valid {(Nullable.GetUnderlyingType(type) ?? type).Name} value.";

    /// <summary>Turns a JSON error of the request body into a failure; null lets the exception pass.</summary>
    public Func<JsonException, ValidationFailure>? JsonExceptionTransformer { internal get; set; } =
        x => new ValidationFailure(
            x.Path?.TrimStart('$', '.') is { Length: > 0 } path ? path : "serializerErrors",
            x.InnerException?.Message ?? x.Message
        );

    /// <summary>The status code of an answer to bad JSON.</summary>
    public int JsonExceptionStatusCode { internal get; set; } = StatusCodes.Status400BadRequest;
}

/// <summary>Settings of endpoint registration.</summary>
public sealed class EndpointOptions
{
    /// <summary>Whether endpoint names (operation ids) are class names without their namespace.</summary>
    public bool ShortNames { internal get; set; }

    /// <summary>The first part of every route, such as <c>api</c>.</summary>
    public string? RoutePrefix { internal get; set; }

    /// <summary>Says which of the endpoints found are registered.</summary>
    public Func<EndpointDefinition, bool>? Filter { internal get; set; }

    /// <summary>Runs for each endpoint after its own Configure.</summary>
    public Action<EndpointDefinition>? Configurator { internal get; set; }
}

/// <summary>Settings of error responses.</summary>
public sealed class ErrorOptions
{
    /// <summary>The status code of an answer to validation failures.</summary>
    public int StatusCode { internal get; set; } = StatusCodes.Status400BadRequest;

    /// <summary>The content type of that answer.</summary>
    public string ContentType { internal get; set; } = "application/problem+json";

    /// <summary>The type that API documents name for that answer; null for none.</summary>
    public Type? ProducesMetadataType { internal get; set; } = typeof(ErrorResponse);

    /// <summary>The field name of failures that belong to no property.</summary>
    public string GeneralErrorsField { internal get; set; } = "generalErrors";

    /// <summary>Builds the body from the failures, the HTTP context and the status code.</summary>
    public Func<List<ValidationFailure>, HttpContext, int, object> ResponseBuilder { internal get; set; } =
        (failures, _, statusCode) => new ErrorResponse(failures, statusCode);
}

/// <summary>Settings of authorisation.</summary>
public sealed class SecurityOptions
{
    /// <summary>The type of the claims that hold permissions.</summary>
    public string PermissionsClaimType { internal get; set; } = "permissions";
}

/// <summary>Settings of JSON.</summary>
public sealed class SerializerOptions
{
    internal SerializerOptions(JsonSerializerOptions options) => Options = options;

    /// <summary>The serializer's options: a copy of the application's HTTP JSON options, to be changed here.</summary>
    public JsonSerializerOptions Options { get; }
}

/// <summary>Settings of validation.</summary>
public sealed class ValidationOptions
{
    /// <summary>Whether property names in failures follow the JSON naming policy.</summary>
    public bool UsePropertyNamingPolicy { get; set; } = true;
}

/// <summary>Settings of route versions.</summary>
public sealed class VersioningOptions
{
    /// <summary>What stands before the number; <c>v</c> if null.</summary>
    public string? Prefix { internal get; set; }

    /// <summary>The version of endpoints that name none; zero leaves the version out.</summary>
    public int DefaultVersion { internal get; set; }

    /// <summary>Whether the version stands before the endpoint's route instead of behind it.</summary>
    public bool? PrependToRoute { internal get; set; }
}
