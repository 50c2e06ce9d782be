using System.Diagnostics;
using Lending.Platform.Security;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Lending.Host.Logging;

/// <summary>JSON logs on standard output; every line of a request carries its trace id, user and organisation.</summary>
internal static class LendingLogging
{
    public static void AddLendingLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<ILoggerProvider>(services => new Serilog.Extensions.Logging.SerilogLoggerProvider(
            new LoggerConfiguration()
                .ReadFrom.Configuration(builder.Configuration)
                .Enrich.With(new CallerEnricher(services.GetRequiredService<IHttpContextAccessor>()))
                .WriteTo.Sink(new BatchedConsole(new JsonFormatter(renderMessage: true)))
                .CreateLogger(),
            dispose: true
        ));
    }

    /// <summary>One line a request: method, route, status and time. Never the query string or a body: they hold names and secrets.</summary>
    public static void UseRequestLog(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Lending.Requests");
        app.Use(
            async (context, next) =>
            {
                var start = Stopwatch.GetTimestamp();
                try
                {
                    await next(context);
                }
                finally
                {
                    logger.LogInformation(
                        "{Method} {Route} answered {StatusCode} in {ElapsedMilliseconds} ms",
                        context.Request.Method,
                        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)",
                        context.Response.StatusCode,
                        Stopwatch.GetElapsedTime(start).TotalMilliseconds
                    );
                }
            }
        );
    }

    private sealed class CallerEnricher(IHttpContextAccessor accessor) : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
        {
            if (accessor.HttpContext?.User is not { Identity.IsAuthenticated: true } user)
            {
                return;
            }
            logEvent.AddPropertyIfAbsent(propertyFactory.CreateProperty("UserId", user.FindFirst(AccessTokenClaims.Subject)?.Value));
            logEvent.AddPropertyIfAbsent(
                propertyFactory.CreateProperty("OrganizationId", user.FindFirst(AccessTokenClaims.Organization)?.Value)
            );
        }
    }
}
