using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Security.Claims;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.Primitives;

namespace FastEndpoints;

/// <content>What a handler may call.</content>
public abstract partial class Endpoint<TRequest, TResponse>
{
    /// <summary>The current user.</summary>
    public ClaimsPrincipal User => HttpContext.User;

    /// <summary>Whether the current request has failures.</summary>
    public bool ValidationFailed => ValidationFailures.Count > 0;

    /// <summary>Adds a failure.</summary>
    /// <param name="failure">The failure.</param>
    public void AddError(ValidationFailure failure) => ValidationFailures.Add(failure);

    /// <summary>Adds a failure that belongs to no property.</summary>
    /// <param name="message">The message.</param>
    /// <param name="errorCode">The code.</param>
    /// <param name="severity">The severity.</param>
    public void AddError(string message, string? errorCode = null, Severity severity = Severity.Error) =>
        AddError(Failure(Definition.Application.Config.Errors.GeneralErrorsField, message, errorCode, severity));

    /// <summary>Adds a failure of a request property.</summary>
    /// <param name="property">The property.</param>
    /// <param name="errorMessage">The message.</param>
    /// <param name="errorCode">The code.</param>
    /// <param name="severity">The severity.</param>
    public void AddError(
        Expression<Func<TRequest, object?>> property,
        string errorMessage,
        string? errorCode = null,
        Severity severity = Severity.Error
    ) => AddError(Failure(Definition.Application.FieldNames.Of(property), errorMessage, errorCode, severity));

    /// <summary>Answers with the failures so far, if there are any; nothing after it runs then.</summary>
    /// <param name="statusCode">The status code; the configured one if null.</param>
    public void ThrowIfAnyErrors(int? statusCode = null)
    {
        if (ValidationFailed)
        {
            Throw(statusCode);
        }
    }

    /// <summary>Adds a failure and answers.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="statusCode">The status code; the configured one if null.</param>
    [DoesNotReturn]
    public void ThrowError(ValidationFailure failure, int? statusCode = null)
    {
        AddError(failure);
        Throw(statusCode);
    }

    /// <summary>Adds a failure that belongs to no property and answers.</summary>
    /// <param name="message">The message.</param>
    /// <param name="statusCode">The status code; the configured one if null.</param>
    [DoesNotReturn]
    public void ThrowError(string message, int? statusCode = null)
    {
        AddError(message);
        Throw(statusCode);
    }

    /// <summary>Adds a failure that belongs to no property and answers.</summary>
    /// <param name="message">The message.</param>
    /// <param name="errorCode">The code.</param>
    /// <param name="severity">The severity.</param>
    /// <param name="statusCode">The status code; the configured one if null.</param>
    [DoesNotReturn]
    public void ThrowError(string message, string errorCode, Severity severity = Severity.Error, int? statusCode = null)
    {
        AddError(message, errorCode, severity);
        Throw(statusCode);
    }

    /// <summary>Adds a failure of a request property and answers.</summary>
    /// <param name="property">The property.</param>
    /// <param name="errorMessage">The message.</param>
    /// <param name="statusCode">The status code; the configured one if null.</param>
    [DoesNotReturn]
    public void ThrowError(Expression<Func<TRequest, object?>> property, string errorMessage, int? statusCode = null)
    {
        AddError(property, errorMessage);
        Throw(statusCode);
    }

    /// <summary>Reads a route parameter; a missing or wrong value that is required is answered as a failure.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="paramName">The parameter.</param>
    /// <param name="isRequired">Whether it must be there.</param>
    /// <returns>The value.</returns>
    protected T? Route<T>(string paramName, bool isRequired = true) =>
        Read<T>(paramName, HttpContext.Request.RouteValues[paramName]?.ToString(), isRequired);

    /// <summary>Reads a query parameter; a missing or wrong value that is required is answered as a failure.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="paramName">The parameter.</param>
    /// <param name="isRequired">Whether it must be there.</param>
    /// <returns>The value.</returns>
    protected T? Query<T>(string paramName, bool isRequired = true) => Read<T>(paramName, HttpContext.Request.Query[paramName], isRequired);

    private T? Read<T>(string name, StringValues raw, bool isRequired)
    {
        var application = Definition.Application;
        var parse = application.Parsers.For<T>() ?? throw new NotSupportedException($"{typeof(T)} has no conversion from a string.");
        if (raw.Count > 0 && parse(raw, out var value))
        {
            return value;
        }

        if (isRequired)
        {
            var message = raw.Count > 0 ? application.Config.Binding.FailureMessage(typeof(T), name, raw) : "The value is missing.";
            ThrowError(new ValidationFailure(name, message, raw.ToString()));
        }

        return default;
    }

    [DoesNotReturn]
    private void Throw(int? statusCode) =>
        throw new ValidationFailureException(ValidationFailures, "The endpoint refused the request.") { StatusCode = statusCode };

    private static ValidationFailure Failure(string property, string message, string? errorCode, Severity severity) =>
        new(property, message) { ErrorCode = errorCode, Severity = severity };
}
