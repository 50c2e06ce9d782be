using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Lending.Testing;

/// <summary>Keeps all that is logged.</summary>
public sealed class CollectingLog : ILoggerProvider, ILogger
{
    /// <summary>What was logged, oldest first.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc />
    public void Dispose() { }

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Lines.Enqueue(state.ToString() ?? "");
        return null;
    }

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc />
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Lines.Enqueue($"{formatter(state, exception)} {exception}");
}
