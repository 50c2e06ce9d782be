using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Lending.Host.Logging;

/// <summary>Writes the lines that Serilog has collected to standard output, in few pieces.</summary>
internal sealed class BatchedConsole : IBatchedLogEventSink
{
    private readonly JsonFormatter formatter = new(renderMessage: true);

    public async Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
    {
        await using var lines = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 16 * 1024);
        foreach (var line in batch)
        {
            formatter.Format(line, lines);
        }
    }
}
