using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace Lending.Host.Telemetry;

/// <summary>Answers <c>/metrics</c>, and nothing else, at an address and port of its own: the public ones never tell metrics, nor does this one serve the API.</summary>
internal sealed class MetricsServer(MeterProvider metrics, IOptions<MetricsOptions> options) : IHostedService, IAsyncDisposable
{
    private readonly WebApplication server = Build(metrics, options.Value);

    public Task StartAsync(CancellationToken cancellationToken) => server.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static WebApplication Build(MeterProvider metrics, MetricsOptions options)
    {
        // Empty: it heeds none of the host's settings, such as its addresses.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Listen(IPAddress.Parse(options.Address), options.Port);
            });
        var app = builder.Build();
        app.Use(
            (context, next) =>
            {
                // Who reads metrics is no client of the API.
                context.Features.Get<IHttpMetricsTagsFeature>()?.MetricsDisabled = true;
                return next(context);
            }
        );
        app.UseOpenTelemetryPrometheusScrapingEndpoint(
            metrics,
            predicate: null,
            path: "/metrics",
            configureBranchedPipeline: null,
            optionsName: null
        );
        return app;
    }
}
