using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using FastEndpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lending.Platform.Persistence;

/// <summary>Settings of the database; configuration section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Database";

    /// <summary>Statements that take longer than these milliseconds are logged; 0 for none.</summary>
    [Range(0, 3_600_000)]
    public int SlowStatementMilliseconds { get; set; } = 50;

    /// <summary>For how many seconds a statement of a request may run; 0 for no limit. The verb <c>migrate</c> sets this and the next two.</summary>
    [Range(0, 3_600)]
    public int StatementTimeoutSeconds { get; set; } = 15;

    /// <summary>For how many seconds it may wait for a lock; 0 for no limit. More than PostgreSQL's <c>deadlock_timeout</c>, or deadlocks are not found.</summary>
    [Range(0, 3_600)]
    public int LockTimeoutSeconds { get; set; } = 3;

    /// <summary>For how many seconds a transaction of a request may do nothing; 0 for no limit.</summary>
    [Range(0, 3_600)]
    public int IdleInTransactionTimeoutSeconds { get; set; } = 30;
}

/// <summary>
/// Logs the statements that take long, with the slice that sent them, and with the hash of their text, which is the same everywhere. It is the log that
/// Npgsql writes to: that tells of each statement, whoever sends it, and never of its values.
/// </summary>
internal sealed class SlowStatements(IHttpContextAccessor requests, IOptions<DatabaseOptions> options, ILogger<SlowStatements> logger)
    : ILoggerFactory,
        ILogger
{
    private const string Commands = "Npgsql.Command";

    // Statements come from slices, so there are few. Should one be made of values some day, the log shall not fill memory.
    private const int MostTexts = 1_000;

    private readonly int slowMilliseconds = options.Value.SlowStatementMilliseconds;
    private readonly ConcurrentDictionary<string, bool> told = new(StringComparer.Ordinal);

    public ILogger CreateLogger(string categoryName) => slowMilliseconds > 0 && categoryName == Commands ? this : NullLogger.Instance;

    /// <summary>Npgsql tells of what is done with this level.</summary>
    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (
            state is IReadOnlyList<KeyValuePair<string, object?>> values
            && Find(values, "DurationMs") is long milliseconds
            && milliseconds > slowMilliseconds
            && (Find(values, "CommandText") ?? Find(values, "BatchCommands")) is { } text
        )
        {
            Tell(text as string ?? string.Join(";\n", (IEnumerable<string>)text), milliseconds);
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose() { }

    private void Tell(string text, long milliseconds)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
        var slice =
            requests.HttpContext?.GetEndpoint()?.Metadata.GetMetadata<EndpointDefinition>()?.EndpointType.Name
            ?? SliceIn(text)
            ?? "(no slice)";
        logger.LogWarning("{Slice} waited {ElapsedMilliseconds} ms for the statement {StatementHash}", slice, milliseconds, hash);
        if (told.Count < MostTexts && told.TryAdd(hash, true))
        {
            logger.LogWarning("The statement {StatementHash} is {Statement}", hash, text);
        }
    }

    // Reads of several requests that are sent together are of none of them, but say which slice's they are.
    private static string? SliceIn(string text)
    {
        const string begin = "/* ";
        var at = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var end = at < begin.Length ? -1 : text.IndexOf(" */", at, StringComparison.Ordinal);
        return end < 0 ? null : text[at..end];
    }

    private static object? Find(IReadOnlyList<KeyValuePair<string, object?>> values, string name)
    {
        for (var index = 0; index < values.Count; index++)
        {
            if (values[index].Key == name)
            {
                return values[index].Value;
            }
        }
        return null;
    }
}
