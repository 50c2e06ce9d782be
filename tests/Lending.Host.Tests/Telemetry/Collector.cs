using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Lending.Host.Tests.Telemetry;

/// <summary>Takes what a host sends by OTLP over HTTP. Protocol buffers hold texts as they are, so they can be looked for.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Path, string Body)> taken = [];

    private Collector(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    /// <summary>The host's settings for it.</summary>
    public Dictionary<string, string?> Settings =>
        new(StringComparer.Ordinal)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        };

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector.app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            collector.taken.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
            context.Response.ContentType = "application/x-protobuf";
        });
        await collector.app.StartAsync();
        return collector;
    }

    /// <summary>All traces, or all metrics, as soon as they hold all of these texts.</summary>
    public async Task<string> WaitForAsync(string path, params string[] texts)
    {
        var missing = texts;
        for (var look = 0; look < 1_200; look++)
        {
            var sent = string.Concat(taken.Where(request => request.Path == path).Select(request => request.Body));
            missing = [.. texts.Where(text => !sent.Contains(text, StringComparison.Ordinal))];
            if (missing.Length == 0)
            {
                return sent;
            }
            await Task.Delay(100);
        }
        throw new InvalidOperationException($"Of {taken.Count} requests, those to {path} never held {string.Join(", ", missing)}.");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
