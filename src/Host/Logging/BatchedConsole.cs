using System.Threading.Channels;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace Lending.Host.Logging;

/// <summary>
/// Writes log lines to standard output on a thread of its own, as many at once as are waiting: Serilog's console sink would make requests
/// wait for each other, and write each line by itself. Nothing is dropped: where lines come faster than they can be written, requests wait.
/// </summary>
internal sealed class BatchedConsole : ILogEventSink, IDisposable
{
    private const int MostWaiting = 10_000;
    private const int MostCharactersAtOnce = 64 * 1024;

    /// <summary>How long a line may wait for others: waking a thread for each costs more than the line.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private readonly Channel<LogEvent> waiting = Channel.CreateBounded<LogEvent>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true }
    );

    private readonly ITextFormatter formatter;
    private readonly Task writing;

    public BatchedConsole(ITextFormatter formatter)
    {
        this.formatter = formatter;
        writing = Task.Run(WriteAsync);
    }

    public void Emit(LogEvent logEvent)
    {
        // After the end, late lines of other threads go nowhere.
        if (!waiting.Writer.TryWrite(logEvent) && !waiting.Reader.Completion.IsCompleted)
        {
            waiting.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult();
            waiting.Writer.TryWrite(logEvent);
        }
    }

    /// <summary>Writes what is still waiting.</summary>
    public void Dispose()
    {
        waiting.Writer.TryComplete();
        writing.GetAwaiter().GetResult();
    }

    private async Task WriteAsync()
    {
        await using var console = new StreamWriter(Console.OpenStandardOutput());
        var lines = new StringWriter();
        while (await waiting.Reader.WaitToReadAsync())
        {
            if (waiting.Reader.Count < MostWaiting / 10 && !waiting.Reader.Completion.IsCompleted)
            {
                await Task.Delay(Patience);
            }
            while (lines.GetStringBuilder().Length < MostCharactersAtOnce && waiting.Reader.TryRead(out var logEvent))
            {
                formatter.Format(logEvent, lines);
            }
            // Whole lines only, as others may write to the console, too.
            await console.WriteAsync(lines.GetStringBuilder());
            await console.FlushAsync();
            lines.GetStringBuilder().Clear();
        }
    }
}
