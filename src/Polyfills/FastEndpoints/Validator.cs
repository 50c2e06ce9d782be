using FluentValidation;
using FluentValidation.Results;

namespace FastEndpoints;

/// <summary>
/// The rules of a request. Found by itself in the assemblies of its endpoints, and a singleton: it holds no state and is given no scoped services.
/// </summary>
/// <typeparam name="TRequest">The request.</typeparam>
public abstract class Validator<TRequest> : AbstractValidator<TRequest>
    where TRequest : notnull;

/// <summary>Ends an endpoint's run with an answer that lists validation failures.</summary>
public sealed class ValidationFailureException : Exception
{
    /// <summary>Creates the exception without failures.</summary>
    public ValidationFailureException() { }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message.</param>
    public ValidationFailureException(string? message)
        : base(message) { }

    /// <summary>Creates the exception with a message and a cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public ValidationFailureException(string? message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>Creates the exception with failures.</summary>
    /// <param name="failures">The failures.</param>
    /// <param name="message">The message.</param>
    public ValidationFailureException(IEnumerable<ValidationFailure> failures, string message)
        : base(message) => Failures = failures;

    /// <summary>The failures.</summary>
    public IEnumerable<ValidationFailure>? Failures { get; init; }

    /// <summary>The answer's status code; the configured one if null.</summary>
    public int? StatusCode { get; internal init; }
}

/// <summary>The body of an answer to validation failures, where the application does not set its own.</summary>
public class ErrorResponse
{
    /// <summary>Creates an empty response, for deserialisation.</summary>
    public ErrorResponse() { }

    /// <summary>Creates the response of some failures.</summary>
    /// <param name="failures">The failures.</param>
    /// <param name="statusCode">The status code.</param>
    public ErrorResponse(IReadOnlyList<ValidationFailure> failures, int statusCode = 400)
    {
        StatusCode = statusCode;
        Errors = failures
            .GroupBy(failure => failure.PropertyName, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(failure => failure.ErrorMessage).ToList(), StringComparer.Ordinal);
    }

    /// <summary>The status code.</summary>
    public int StatusCode { get; set; }

    /// <summary>A general message.</summary>
    public string Message { get; set; } = "One or more errors occurred!";

    /// <summary>The messages of each property.</summary>
    public Dictionary<string, List<string>> Errors { get; set; } = [];
}
