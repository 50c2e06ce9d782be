using System.Diagnostics;
using Sentry;
using Sentry.Protocol;
using Serilog.Core;
using Serilog.Events;

namespace Lending.Host.Logging;

/// <summary>
/// Sends errors that are logged to Sentry: what the line says without its values, the sorts of exceptions with their stacks and without their messages, which can quote data, and
/// the trace id by which the answer and the log's other lines are found. Nothing of the request. Only what is named here is sent: the SDK is not let at the exception
/// or the request, as its next version may know more to say.
/// </summary>
internal sealed class SentryErrors(string dsn, string environment) : ILogEventSink, IDisposable
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    // Names of our own types: who writes such a line takes care that they are nobody's.
    private static readonly string[] Told = ["Error", "Handler", "EventType", "Failure", "Reason"];

    private readonly SentryClient client = new(
        new SentryOptions
        {
            Dsn = dsn,
            Environment = environment,
            SendDefaultPii = false,
            AutoSessionTracking = false,
            ReportAssembliesMode = ReportAssembliesMode.None,
        }
    );

    public void Emit(LogEvent logEvent)
    {
        var happened = new SentryEvent
        {
            Level = logEvent.Level == LogEventLevel.Fatal ? SentryLevel.Fatal : SentryLevel.Error,
            Message = logEvent.MessageTemplate.Text,
            Logger = TextOf(logEvent, Constants.SourceContextPropertyName),
            SentryExceptions = ExceptionsOf(logEvent.Exception),
        };
        if ((logEvent.TraceId?.ToHexString() ?? TextOf(logEvent, "RequestId")) is { } traceId)
        {
            happened.SetTag("traceId", traceId);
        }
        foreach (var name in Told)
        {
            if (TextOf(logEvent, name) is { } text)
            {
                happened.SetTag(name, text);
            }
        }
        client.CaptureEvent(happened);
    }

    public void Dispose()
    {
        client.FlushAsync(LongestFarewell).GetAwaiter().GetResult();
        client.Dispose();
    }

    private static string? TextOf(LogEvent logEvent, string property) =>
        logEvent.Properties.TryGetValue(property, out var value) && value is ScalarValue { Value: string text } ? text : null;

    // Sentry wants the innermost first, and the outermost call of each first.
    private static SentryException[] ExceptionsOf(Exception? exception)
    {
        var found = new List<SentryException>();
        for (; exception is not null; exception = exception.InnerException)
        {
            var frames = Array.ConvertAll(new StackTrace(exception, fNeedFileInfo: true).GetFrames(), FrameOf);
            Array.Reverse(frames);
            found.Insert(
                0,
                new SentryException
                {
                    Type = exception.GetType().FullName,
                    Stacktrace = new SentryStackTrace { Frames = frames },
                }
            );
        }
        return [.. found];
    }

    private static SentryStackFrame FrameOf(StackFrame frame)
    {
        var method = DiagnosticMethodInfo.Create(frame);
        return new SentryStackFrame
        {
            Module = method?.DeclaringTypeName,
            Function = method?.Name,
            LineNumber = frame.GetFileLineNumber() is > 0 and var line ? line : null,
            InApp = method?.DeclaringTypeName.StartsWith("Lending.", StringComparison.Ordinal),
        };
    }
}
