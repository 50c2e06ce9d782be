using System.Buffers;
using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace Lending.Host.Logging;

/// <summary>
/// Writes log lines to standard output on a thread of its own, as many at once as are waiting: Serilog's console sink would make requests
/// wait for each other, and write each line by itself. Where lines come faster than they can be written, requests wait. Only
/// what cannot be written is dropped, and the last lines of a process that is killed.
/// </summary>
internal sealed class BatchedConsole : ILogEventSink, IDisposable
{
    private const int MostBytesWaiting = 4 * 1024 * 1024;

    /// <summary>How long a line may wait for others: waking a thread for each costs more than the line.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    /// <summary>Who reads no longer must not keep the program from ending.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);

    private readonly object gate = new();
    private readonly ITextFormatter formatter;
    private readonly Thread writing;
    private ArrayBufferWriter<byte> waiting = new();
    private bool isClosed;

    public BatchedConsole(ITextFormatter formatter)
    {
        this.formatter = formatter;
        writing = new Thread(WriteLines) { IsBackground = true, Name = "log" };
        writing.Start();
    }

    /// <summary>Writes a line of Serilog's.</summary>
    public void Emit(LogEvent logEvent)
    {
        var line = new StringWriter();
        formatter.Format(logEvent, line);
        Write(Encoding.UTF8.GetBytes(line.ToString()));
    }

    /// <summary>Writes lines, with their ends. After the end of the program, late lines of other threads go nowhere.</summary>
    public void Write(ReadOnlySpan<byte> lines)
    {
        lock (gate)
        {
            while (waiting.WrittenCount > MostBytesWaiting && !isClosed)
            {
                Monitor.Wait(gate);
            }
            if (isClosed)
            {
                return;
            }
            waiting.Write(lines);
            if (waiting.WrittenCount == lines.Length)
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Writes what is still waiting.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            Monitor.PulseAll(gate);
        }
        writing.Join(LongestEnd);
    }

    private void WriteLines()
    {
        using var console = Console.OpenStandardOutput();
        var spare = new ArrayBufferWriter<byte>();
        while (true)
        {
            ArrayBufferWriter<byte> lines;
            lock (gate)
            {
                while (waiting.WrittenCount == 0 && !isClosed)
                {
                    Monitor.Wait(gate);
                }
                if (waiting.WrittenCount == 0)
                {
                    return;
                }
                if (!isClosed)
                {
                    Monitor.Wait(gate, Patience);
                }
                (lines, waiting) = (waiting, spare);
                Monitor.PulseAll(gate);
            }
            try
            {
                console.Write(lines.WrittenSpan);
                console.Flush();
            }
            catch (IOException)
            {
                // A full disk, perhaps: there is nobody left to tell, and the API goes on.
            }
            lines.ResetWrittenCount();
            spare = lines;
        }
    }
}
