using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lending.Audit.Seals;

/// <summary>Seals the log from time to time, and makes the partitions of the next months. Several instances wait for each other.</summary>
internal sealed class SealingJob(
    Sealing sealing,
    NpgsqlDataSource dataSource,
    IOptions<AuditOptions> options,
    TimeProvider clock,
    ILogger<SealingJob> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.SealSeconds), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TryAsync(CancellationToken ct)
    {
        try
        {
            await sealing.SealAsync(ct);
            await using var make = dataSource.CreateCommand("SELECT audit.make_partitions($1)");
            make.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });
            await make.ExecuteNonQueryAsync(ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            // The database may be away, or its schema not there yet: again next time.
            logger.LogError("The audit log could not be sealed: {Error}", exception.GetType().Name);
        }
    }
}
