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
        builder.Services.AddSingleton(_ => new BatchedConsole(new JsonFormatter(renderMessage: true), Console.OpenStandardOutput()));
        builder.Services.AddSingleton<ILoggerProvider>(services => new Serilog.Extensions.Logging.SerilogLoggerProvider(
            new LoggerConfiguration()
                .ReadFrom.Configuration(builder.Configuration)
                .Enrich.With(new CallerEnricher(services.GetRequiredService<IHttpContextAccessor>()))
                .WriteTo.Sink(services.GetRequiredService<BatchedConsole>())
                .CreateLogger(),
            dispose: true
        ));
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
