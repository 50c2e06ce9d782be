using FluentValidation.Results;
using Microsoft.AspNetCore.Http;

namespace FastEndpoints;

/// <summary>What every endpoint is; the test client names endpoints by it.</summary>
public interface IEndpoint
{
    /// <summary>The current HTTP context.</summary>
    HttpContext HttpContext { get; }

    /// <summary>The failures of the current request.</summary>
    List<ValidationFailure> ValidationFailures { get; }

    /// <summary>The endpoint's settings.</summary>
    EndpointDefinition Definition { get; }
}

/// <summary>The base of all endpoints.</summary>
public abstract class BaseEndpoint : IEndpoint
{
    private List<ValidationFailure>? _failures;

    /// <inheritdoc/>
    public HttpContext HttpContext { get; internal set; } = null!;

    /// <inheritdoc/>
    public EndpointDefinition Definition { get; internal set; } = null!;

    /// <inheritdoc/>
    public List<ValidationFailure> ValidationFailures => _failures ??= [];

    /// <summary>Sets the endpoint's routes and rules. Runs once, when the application starts.</summary>
    public abstract void Configure();

    /// <summary>Sets the HTTP methods.</summary>
    /// <param name="methods">Their names.</param>
    public abstract void Verbs(params string[] methods);

    /// <summary>Makes the endpoint a member of a group.</summary>
    /// <typeparam name="TEndpointGroup">The group.</typeparam>
    protected abstract void Group<TEndpointGroup>()
        where TEndpointGroup : notnull, Group, new();

    internal abstract EndpointDefinition CreateDefinition(ApplicationContext application);

    internal abstract IRequestPipeline CreatePipeline(EndpointDefinition definition, object? validator);

    internal abstract Task ExecAsync(CancellationToken ct);
}
