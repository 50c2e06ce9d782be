using FluentValidation;
using Microsoft.AspNetCore.Http;

namespace FastEndpoints;

/// <summary>An endpoint that sends its response itself, or none.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
public abstract class Endpoint<TRequest> : Endpoint<TRequest, object?>
    where TRequest : notnull;

/// <summary>An endpoint: override <c>Configure</c>, and either <c>ExecuteAsync</c> or <c>HandleAsync</c>.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">The response: an IResult, which is executed, or anything else, which is sent as JSON.</typeparam>
public abstract partial class Endpoint<TRequest, TResponse> : BaseEndpoint
    where TRequest : notnull
{
    private ResponseSender? _sender;

    /// <summary>Sends a response from <c>HandleAsync</c>.</summary>
    protected ResponseSender Send => _sender ??= new ResponseSender(HttpContext);

    /// <summary>Handles a request and returns the response.</summary>
    /// <param name="req">The request.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    /// <returns>The response.</returns>
    public virtual Task<TResponse> ExecuteAsync(TRequest req, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Handles a request and sends the response itself; 204 where it sends nothing.</summary>
    /// <param name="req">The request.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    /// <returns>The end of the work.</returns>
    public virtual Task HandleAsync(TRequest req, CancellationToken ct) => throw new NotSupportedException();

    internal sealed override EndpointDefinition CreateDefinition(ApplicationContext application) =>
        new(GetType(), typeof(TRequest), typeof(TResponse), application);

    internal sealed override IRequestPipeline CreatePipeline(EndpointDefinition definition, object? validator) =>
        new RequestPipeline<TRequest>(definition, (IValidator<TRequest>?)validator);

    internal sealed override async Task ExecAsync(CancellationToken ct)
    {
        var pipeline = (RequestPipeline<TRequest>)Definition.Pipeline;
        try
        {
            var request = await pipeline.ReadAsync(HttpContext, ValidationFailures, ct);
            if (!Definition.ReturnsResponse)
            {
                await HandleAsync(request, ct);
                SendNothing();
            }
            else if (await ExecuteAsync(request, ct) is { } response)
            {
                await (response is IResult result ? SendResultAsync(result, ct) : SendJsonAsync(response, ct));
            }
            else
            {
                HttpContext.Response.StatusCode = StatusCodes.Status204NoContent;
            }
        }
        catch (ValidationFailureException x)
        {
            await SendErrorsAsync(x, ct);
        }
    }

    /// <summary>Executes a result. An <c>Ok</c> with a value is by far the commonest: it is written here, as it would write itself, but faster.</summary>
    private Task SendResultAsync(IResult result, CancellationToken ct)
    {
        while (result is INestedHttpResult nested)
        {
            result = nested.Result;
        }

        // Of the results with a value, this is Ok: others have another status, or a content type of their own.
        if (
            result is not IValueHttpResult { Value: { } value }
            || result is not IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK }
            || result is IContentTypeHttpResult
        )
        {
            return result.ExecuteAsync(HttpContext);
        }

        HttpContext.Response.StatusCode = StatusCodes.Status200OK;
        return JsonAnswer.SendAsync(HttpContext.Response, value, Definition.Application.ResultJson.GetTypeInfo(value.GetType()), ct);
    }

    private Task SendJsonAsync(TResponse response, CancellationToken ct) =>
        HttpContext.Response.WriteAsJsonAsync(response, Definition.Application.Config.Serializer.Options, ct);

    private void SendNothing()
    {
        var response = HttpContext.Response;
        if (_sender is null && !response.HasStarted && response is { StatusCode: StatusCodes.Status200OK, ContentType: null })
        {
            response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private Task SendErrorsAsync(ValidationFailureException exception, CancellationToken ct)
    {
        var errors = Definition.Application.Config.Errors;
        if (exception.Failures is { } failures && !ReferenceEquals(failures, ValidationFailures))
        {
            ValidationFailures.AddRange(failures);
        }

        var response = HttpContext.Response;
        response.StatusCode = exception.StatusCode ?? errors.StatusCode;
        var body = errors.ResponseBuilder(ValidationFailures, HttpContext, response.StatusCode);
        return response.WriteAsJsonAsync(body, body.GetType(), Definition.Application.Config.Serializer.Options, errors.ContentType, ct);
    }
}

/// <summary>Sends responses of endpoints that do not return them.</summary>
public sealed class ResponseSender
{
    private readonly HttpContext _http;

    internal ResponseSender(HttpContext http) => _http = http;

    /// <summary>Executes a result.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The end of the sending.</returns>
    public Task ResultAsync(IResult result) => result.ExecuteAsync(_http);

    /// <summary>Answers 204.</summary>
    /// <param name="cancellation">Ends the sending.</param>
    /// <returns>The end of the sending.</returns>
    public Task NoContentAsync(CancellationToken cancellation = default)
    {
        _http.Response.StatusCode = StatusCodes.Status204NoContent;
        return _http.Response.StartAsync(cancellation);
    }
}
