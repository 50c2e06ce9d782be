using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lending.Platform.Security;

namespace Lending.Host.Logging;

/// <summary>
/// One line a request: method, route, path, status, time and who it was. Never the query string, a body or a path that there is not: they hold names
/// and secrets. The lines look like Serilog's, and its levels hold for them, but they are written without it: there are more of them than of all others.
/// </summary>
internal sealed class RequestLog(RequestDelegate next, BatchedConsole console, ILoggerFactory loggers, TimeProvider clock)
{
    private const string Category = "Lending.Requests";

    private static readonly JsonEncodedText Template = JsonEncodedText.Encode(
        "{Method} {Route} answered {StatusCode} in {ElapsedMilliseconds} ms"
    );

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? line;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    private readonly ILogger logger = loggers.CreateLogger(Category);

    public async Task InvokeAsync(HttpContext context)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            if (logger.IsEnabled(LogLevel.Information))
            {
                Write(context, Stopwatch.GetElapsedTime(start));
            }
        }
    }

    private void Write(HttpContext context, TimeSpan elapsed)
    {
        line ??= new ArrayBufferWriter<byte>(1024);
        line.ResetWrittenCount();
        writer ??= new Utf8JsonWriter(line);
        writer.Reset(line);
        var method = context.Request.Method;
        var endpoint = context.GetEndpoint() as RouteEndpoint;
        var route = endpoint?.RoutePattern.RawText ?? "(no route)";
        var status = context.Response.StatusCode;
        var milliseconds = Math.Round(elapsed.TotalMilliseconds, 3);
        writer.WriteStartObject();
        writer.WriteString("Timestamp"u8, clock.GetUtcNow());
        writer.WriteString("Level"u8, "Information"u8);
        writer.WriteString("MessageTemplate"u8, Template);
        writer.WriteString(
            "RenderedMessage"u8,
            string.Create(CultureInfo.InvariantCulture, $"{method} {route} answered {status} in {milliseconds} ms")
        );
        if (Activity.Current is { } activity)
        {
            writer.WriteString("TraceId"u8, activity.TraceId.ToHexString());
            writer.WriteString("SpanId"u8, activity.SpanId.ToHexString());
        }
        writer.WriteStartObject("Properties"u8);
        writer.WriteString("Method"u8, method);
        writer.WriteString("Route"u8, route);
        writer.WriteNumber("StatusCode"u8, status);
        writer.WriteNumber("ElapsedMilliseconds"u8, milliseconds);
        writer.WriteString("SourceContext"u8, Category);
        writer.WriteString("RequestId"u8, context.TraceIdentifier);
        if (endpoint is not null)
        {
            // Holds ids, then, and nothing that somebody made up.
            writer.WriteString("RequestPath"u8, context.Request.Path.Value);
        }
        if (context.User is { Identity.IsAuthenticated: true } user)
        {
            writer.WriteString("UserId"u8, user.FindFirst(AccessTokenClaims.Subject)?.Value);
            writer.WriteString("OrganizationId"u8, user.FindFirst(AccessTokenClaims.Organization)?.Value);
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        line.Write("\n"u8);
        console.Write(line.WrittenSpan);
    }
}
