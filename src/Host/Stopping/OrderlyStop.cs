using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Lending.Host.Stopping;

/// <summary>How the host stops; configuration section <c>Stopping</c>.</summary>
internal sealed class StoppingSettings
{
    public const string Section = "Stopping";

    /// <summary>How long it goes on as before, and says that it will stop; 0: it stops at once.</summary>
    [Range(0, 20)]
    public int AnnounceSeconds { get; set; }
}

/// <summary>
/// Stops in an order in which no request is lost that came to us. First we are not ready any more, and each answer asks its client to close the connection:
/// who sends requests has time to look for another instance. Then nobody can connect any more, and who is connected has time to send what is on its way.
/// Only then does Kestrel stop: it ends the requests that it has, and connections on which nothing comes any more; at last come background jobs.
/// </summary>
internal sealed class OrderlyStop(IOptions<StoppingSettings> settings, IHostApplicationLifetime lifetime, TimeProvider clock)
    : IHostedLifecycleService,
        IHealthCheck
{
    private static readonly TimeSpan LastArrivals = TimeSpan.FromSeconds(1);

    private readonly ConcurrentBag<Socket> listening = [];

    /// <summary>Remembers what we listen on.</summary>
    public void Add(Socket socket) => listening.Add(socket);

    /// <summary>Lets an answer that begins while we stop tell its client so. HTTP/2 has its own way, which Kestrel goes.</summary>
    public Task AnnounceAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(Announce, context);
        return next(context);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Whoever stops us by code has not said so yet.
        lifetime.StopApplication();
        var announced = TimeSpan.FromSeconds(settings.Value.AnnounceSeconds);
        if (announced == TimeSpan.Zero)
        {
            return;
        }
        await Task.Delay(announced, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var socket in listening)
        {
            // Kestrel takes this as its own end of listening.
            socket.Dispose();
        }
        await Task.Delay(LastArrivals, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("It stops.") : HealthCheckResult.Healthy()
        );

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task Announce(object state)
    {
        var context = (HttpContext)state;
        if (lifetime.ApplicationStopping.IsCancellationRequested && context.Request.Protocol.StartsWith("HTTP/1", StringComparison.Ordinal))
        {
            context.Response.Headers.Connection = "close";
        }
        return Task.CompletedTask;
    }
}

internal static class OrderlyStopping
{
    private const int AnnounceSecondsInProduction = 5;

    public static void AddOrderlyStop(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var settings = services.AddOptions<StoppingSettings>();
        if (!builder.Environment.IsDevelopment())
        {
            // Long enough for a proxy that asks every second or two whether we are ready. Who develops wants to start again at once.
            settings.Configure(stopping => stopping.AnnounceSeconds = AnnounceSecondsInProduction);
        }
        settings.BindConfiguration(StoppingSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OrderlyStop>();
        services.AddHostedService(provider => provider.GetRequiredService<OrderlyStop>());
        services.AddHealthChecks().AddCheck<OrderlyStop>("stopping");
        services
            .AddOptions<SocketTransportOptions>()
            .Configure<OrderlyStop>(
                (transport, stop) =>
                {
                    var bind = transport.CreateBoundListenSocket;
                    transport.CreateBoundListenSocket = endpoint =>
                    {
                        var socket = bind(endpoint);
                        stop.Add(socket);
                        return socket;
                    };
                }
            );
    }

    /// <summary>Comes first: whatever answers, the answer says that we stop.</summary>
    public static void UseOrderlyStop(this WebApplication app) => app.Use(app.Services.GetRequiredService<OrderlyStop>().AnnounceAsync);
}
