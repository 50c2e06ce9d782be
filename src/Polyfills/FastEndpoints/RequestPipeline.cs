using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http;

namespace FastEndpoints;

/// <summary>What can be known of a pipeline without its type.</summary>
internal interface IRequestPipeline
{
    /// <summary>Whether POST, PUT and PATCH cannot do without a JSON body.</summary>
    bool NeedsBody { get; }
}

/// <summary>Reads the requests of one endpoint: binds and validates. Everything that needs reflection is done in the constructor.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
internal sealed class RequestPipeline<TRequest> : IRequestPipeline
    where TRequest : notnull
{
    private readonly EndpointDefinition _definition;
    private readonly RequestBinder<TRequest> _binder;
    private readonly IValidator<TRequest>? _validator;

    public RequestPipeline(EndpointDefinition definition, IValidator<TRequest>? validator)
    {
        (_definition, _validator) = (definition, validator);
        _binder = new RequestBinder<TRequest>(definition);
    }

    /// <inheritdoc/>
    public bool NeedsBody => _binder.NeedsBody;

    /// <summary>Reads a request; all failures, of the binding and of the validator, are thrown together.</summary>
    /// <param name="http">The HTTP context.</param>
    /// <param name="failures">Takes the failures.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    /// <returns>The request.</returns>
    public async Task<TRequest> ReadAsync(HttpContext http, List<ValidationFailure> failures, CancellationToken ct)
    {
        var (request, badBodyStatusCode) = await _binder.BindAsync(http, failures, ct);
        var hasBindingFailures = failures.Count > 0;
        if (badBodyStatusCode is null && _validator is not null)
        {
            var result = await _validator.ValidateAsync(request, ct);
            if (!result.IsValid)
            {
                Add(result.Errors, failures);
            }
        }

        if (failures.Count > 0 && (hasBindingFailures || _definition.ThrowIfValidationFails))
        {
            throw new ValidationFailureException(failures, "The request is not valid.") { StatusCode = badBodyStatusCode };
        }

        return request;
    }

    private void Add(List<ValidationFailure> errors, List<ValidationFailure> failures)
    {
        var bindingFailures = failures.Select(failure => failure.PropertyName).ToHashSet(StringComparer.Ordinal);
        foreach (var error in errors)
        {
            error.PropertyName = _binder.FieldName(error.PropertyName);

            // A value that could not be read was left at its default; what the validator says of that default would only confuse.
            if (!bindingFailures.Contains(error.PropertyName))
            {
                failures.Add(error);
            }
        }
    }
}
