namespace FastEndpoints;

/// <summary>The request of endpoints that have none.</summary>
public sealed class EmptyRequest
{
    internal static EmptyRequest Instance { get; } = new();
}

/// <summary>The response of calls whose body does not matter.</summary>
public sealed class EmptyResponse;

/// <summary>An endpoint without a request that sends its response itself, or none.</summary>
public abstract class EndpointWithoutRequest : EndpointWithoutRequest<object?>;

/// <summary>An endpoint without a request.</summary>
/// <typeparam name="TResponse">The response.</typeparam>
public abstract class EndpointWithoutRequest<TResponse> : Endpoint<EmptyRequest, TResponse>
{
    /// <summary>Handles a request and returns the response.</summary>
    /// <param name="ct">Ends when the client goes away.</param>
    /// <returns>The response.</returns>
    public virtual Task<TResponse> ExecuteAsync(CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Handles a request and sends the response itself; 204 where it sends nothing.</summary>
    /// <param name="ct">Ends when the client goes away.</param>
    /// <returns>The end of the work.</returns>
    public virtual Task HandleAsync(CancellationToken ct) => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override Task<TResponse> ExecuteAsync(EmptyRequest req, CancellationToken ct) => ExecuteAsync(ct);

    /// <inheritdoc/>
    public sealed override Task HandleAsync(EmptyRequest req, CancellationToken ct) => HandleAsync(ct);
}
