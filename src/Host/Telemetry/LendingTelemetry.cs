using System.Diagnostics;
using System.Net;
using Lending.Platform.Telemetry;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Lending.Host.Telemetry;

/// <summary>
/// Traces and metrics, by OpenTelemetry. Where nobody has asked for them nothing is registered, and a request costs what it costs without them.
/// </summary>
internal static class LendingTelemetry
{
    /// <summary>Where traces and metrics are sent to: OpenTelemetry's own setting, as are all others that begin like it.</summary>
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>What the meters and activity sources of our own are called.</summary>
    private const string Ours = "Lending.*";

    /// <summary>Sends traces and metrics to <see cref="OtlpEndpoint"/>, and lets metrics be read at a port of their own, where either is set.</summary>
    public static void AddLendingTelemetry(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<MetricsOptions>()
            .BindConfiguration(MetricsOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                metrics => IPAddress.TryParse(metrics.Address, out _),
                $"{MetricsOptions.Section}__{nameof(MetricsOptions.Address)} must be an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all."
            )
            .ValidateOnStart();
        // Whom the host calls are strangers, such as receivers of webhooks: they learn nothing of its traces.
        DistributedContextPropagator.Current = DistributedContextPropagator.CreateNoOutputPropagator();
        var isSent = IsSent(builder.Configuration);
        var isRead = builder.Configuration.GetValue<int>($"{MetricsOptions.Section}:{nameof(MetricsOptions.Port)}") != 0;
        if (!isSent && !isRead)
        {
            return;
        }
        var telemetry = builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? "lending"))
            .WithMetrics(metrics =>
            {
                metrics
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddNpgsqlInstrumentation()
                    .AddMeter(Ours)
                    // Receivers of webhooks are whom organisations name: there may be any number, and they are nobody else's business.
                    .AddView(
                        "http.client.*",
                        new MetricStreamConfiguration { TagKeys = ["http.request.method", "http.response.status_code", "error.type"] }
                    )
                    .AddView("dns.lookup.duration", new MetricStreamConfiguration { TagKeys = ["error.type"] });
                if (isRead)
                {
                    metrics.AddPrometheusExporter();
                }
                if (isSent)
                {
                    metrics.AddOtlpExporter();
                }
            });
        builder.Services.AddCountedFigures();
        if (isRead)
        {
            builder.Services.AddHostedService<MetricsServer>();
        }
        if (isSent)
        {
            telemetry.WithTracing(traces =>
                traces
                    // Only of the API: nobody looks at traces of health checks and of who reads metrics.
                    .AddAspNetCoreInstrumentation(requests =>
                        requests.Filter = context => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
                    )
                    .AddHttpClientInstrumentation()
                    .AddNpgsql()
                    .AddSource(Ours)
                    // Before the exporter, which sends what this leaves.
                    .AddProcessor<NothingPersonal>()
                    .AddOtlpExporter()
            );
        }
    }

    private static bool IsSent(ConfigurationManager configuration)
    {
        if (configuration[OtlpEndpoint] is not { Length: > 0 } endpoint)
        {
            return false;
        }
        // OpenTelemetry would take an address that it cannot read for none, and send to one of its own.
        if (
            !Uri.TryCreate(endpoint, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
        )
        {
            throw new InvalidOperationException($"{OtlpEndpoint} must be an address such as http://collector:4317.");
        }
        return true;
    }
}
