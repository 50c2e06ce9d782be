using System.Collections.Concurrent;
using Lending.Testing;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Lending.Host.Tests.Logging;

/// <summary>Takes the lines of a host, as it would write them to standard output; only what is wrong goes there.</summary>
internal sealed class WatchedLog : IBatchedLogEventSink
{
    private readonly JsonFormatter formatter = new(renderMessage: true);

    /// <summary>All lines so far.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    public Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
    {
        foreach (var logged in batch)
        {
            using var text = new StringWriter();
            formatter.Format(logged, text);
            var line = text.ToString();
            Lines.Enqueue(line);
            LogWatch.OfThisRun.See(line);
            if (logged.Level >= LogEventLevel.Warning)
            {
                Console.Write(line);
            }
        }
        return Task.CompletedTask;
    }
}
