using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lending.Benchmarks;

/// <summary>A server without a network: requests are handed to the application as they are.</summary>
internal sealed class DirectServer : IServer
{
    private Func<IFeatureCollection, Response, Task> send = (_, _) =>
        throw new InvalidOperationException("The application is not started.");

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        send = async (features, response) =>
        {
            var context = application.CreateContext(features);
            await application.ProcessRequestAsync(context);
            await response.CompleteAsync();
            application.DisposeContext(context, exception: null);
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() { }

    /// <summary>Sends a request, whose answer has to be a good one, and forgets the answer.</summary>
    public async Task SendAsync(string method, string path, string? token, string? body)
    {
        var request = new HttpRequestFeature
        {
            Method = method,
            Path = path,
            Protocol = "HTTP/1.1",
            Scheme = "http",
        };
        if (token is not null)
        {
            request.Headers.Authorization = $"Bearer {token}";
        }
        if (body is not null)
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            request.Body = new MemoryStream(bytes);
            request.Headers.ContentType = "application/json";
            request.Headers.ContentLength = bytes.Length;
        }
        var response = new Response();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpRequestBodyDetectionFeature>(new Body(CanHaveBody: body is not null));
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        await send(features, response);
        if (response.StatusCode is not (StatusCodes.Status200OK or StatusCodes.Status201Created))
        {
            throw new InvalidOperationException($"{method} {path} answered {response.StatusCode}.");
        }
    }

    /// <summary>Ends the request's scope, too: it waits for the end of the answer.</summary>
    private sealed class Response : HttpResponseFeature
    {
        private readonly Stack<(Func<object, Task> Callback, object State)> callbacks = new();

        public override void OnCompleted(Func<object, Task> callback, object state) => callbacks.Push((callback, state));

        public async Task CompleteAsync()
        {
            foreach (var (callback, state) in callbacks)
            {
                await callback(state);
            }
        }
    }

    private sealed record Body(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
