using System.Runtime.CompilerServices;
using Lending.Platform.Security;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Settings.Configuration;

namespace Lending.Host.Logging;

/// <summary>JSON logs on standard output; every line of a request carries its trace id, user and organisation.</summary>
internal static class LendingLogging
{
    // Lines are written together, because a write to the console costs more than the line. Where it cannot keep up, lines are lost, and no request waits.
    private static readonly BatchingOptions Together = new()
    {
        BufferingTimeLimit = TimeSpan.FromMilliseconds(100),
        BatchSizeLimit = 1_000,
        QueueLimit = 10_000,
    };

    private const string RequestCategory = "Lending.Requests";

    /// <summary>The setting that says where errors are sent to.</summary>
    public const string SentrySetting = "Sentry:Dsn";

    public static void AddLendingLogging(this WebApplicationBuilder builder)
    {
        // Tests look into what would be written.
        builder.Services.TryAddSingleton<IBatchedLogEventSink, BatchedConsole>();
        var dsn = FindSentry(builder.Configuration);
        builder.Services.AddSerilog(
            (services, logger) =>
            {
                logger
                    // The settings' levels hold. Naming an assembly saves a search through all of them at start.
                    .ReadFrom.Configuration(
                        builder.Configuration,
                        new ConfigurationReaderOptions(typeof(ConsoleLoggerConfigurationExtensions).Assembly)
                    )
                    .Enrich.With(new CallerEnricher(services.GetRequiredService<IHttpContextAccessor>()))
                    .WriteTo.Sink(services.GetRequiredService<IBatchedLogEventSink>(), Together);
                if (dsn is not null)
                {
                    SendErrors(logger, dsn, builder.Environment.EnvironmentName);
                }
            },
            preserveStaticLogger: true
        );
    }

    /// <summary>
    /// Writes one line for each request but those of who was refused a moment ago (record 82): method, route, path, status and time. Query strings, bodies and paths without a route are left out, because
    /// they can hold names and secrets.
    /// </summary>
    public static void UseRequestLog(this IApplicationBuilder app) =>
        app.UseSerilogRequestLogging(options =>
        {
            var logger = app.ApplicationServices.GetRequiredService<Serilog.ILogger>();
            options.Logger = new RequestLogger(logger.ForContext(Constants.SourceContextPropertyName, RequestCategory));
            options.MessageTemplate = "{Method:l} {Route:l} answered {StatusCode} in {ElapsedMilliseconds} ms";
            // The line says that a request was answered, so it is no error, whatever the status: errors are logged where they happen.
            options.GetLevel = (_, _, _) => LogEventLevel.Information;
            options.GetMessageTemplateProperties = (context, _, elapsed, status) => PropertiesOf(context, elapsed, status);
        });

    /// <summary>Where errors are sent to, if the configuration names it.</summary>
    public static string? FindSentry(IConfiguration configuration)
    {
        if (configuration[SentrySetting] is not { Length: > 0 } dsn)
        {
            return null;
        }
        return
            Uri.TryCreate(dsn, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && address is { UserInfo.Length: > 0, AbsolutePath.Length: > 1 }
            ? dsn
            : throw new InvalidOperationException("Sentry__Dsn must be an address such as https://key@sentry.example.org/1.");
    }

    // By itself, so that a host without Sentry does not load it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SendErrors(LoggerConfiguration logger, string dsn, string environment) =>
        logger.WriteTo.Sink(new SentryErrors(dsn, environment), LogEventLevel.Error);

    private static IEnumerable<LogEventProperty> PropertiesOf(HttpContext context, double elapsedMilliseconds, int status)
    {
        var endpoint = context.GetEndpoint() as RouteEndpoint;
        yield return new("Method", new ScalarValue(context.Request.Method));
        yield return new("Route", new ScalarValue(endpoint?.RoutePattern.RawText ?? "(no route)"));
        yield return new("StatusCode", new ScalarValue(status));
        yield return new("ElapsedMilliseconds", new ScalarValue(Math.Round(elapsedMilliseconds, 3)));
        yield return new("RequestId", new ScalarValue(context.TraceIdentifier));
        if (endpoint is not null)
        {
            // A path that fits a route holds nothing but ids. Any other path is what a client made up, and may hold names or secrets.
            yield return new("RequestPath", new ScalarValue(context.Request.Path.Value));
        }
    }

    /// <summary>Keeps our category, by which the level of these lines is set, where Serilog's middleware asks for its own.</summary>
    private sealed class RequestLogger(Serilog.ILogger logger) : Serilog.ILogger
    {
        public Serilog.ILogger ForContext<TSource>() => this;

        public bool IsEnabled(LogEventLevel level) => logger.IsEnabled(level);

        public void Write(LogEvent logEvent) => logger.Write(logEvent);
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
