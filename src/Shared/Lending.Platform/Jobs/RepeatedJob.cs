using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lending.Platform.Jobs;

/// <summary>Work that every instance does again and again for as long as it lives. What fails is logged, and tried again at the next turn.</summary>
public abstract class RepeatedJob(TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>The clock.</summary>
    protected TimeProvider Clock => clock;

    /// <summary>The job's log.</summary>
    protected ILogger Logger => logger;

    /// <summary>The time from one turn to the next.</summary>
    protected abstract TimeSpan Interval { get; }

    /// <summary>How long after the start the first turn comes, as the start has better use for the processors; null for an interval after it.</summary>
    protected virtual TimeSpan? FirstAfter => null;

    /// <summary>What the log says when it fails, such as <c>Messages cannot be sent now</c>.</summary>
    protected abstract string Failure { get; }

    /// <summary>One turn.</summary>
    protected abstract Task DoAsync(CancellationToken ct);

    /// <summary>Does a part of which a failure must not stop the others.</summary>
    protected async Task TryAsync(Func<Task> run, CancellationToken ct)
    {
        try
        {
            await run();
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            // The database may be away, or its schema not there yet.
            logger.LogError("{Failure:l}: {Error}", Failure, exception.GetType().Name);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            if (FirstAfter is { } first)
            {
                await Task.Delay(first, stoppingToken);
                await TryAsync(() => DoAsync(stoppingToken), stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(() => DoAsync(stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
