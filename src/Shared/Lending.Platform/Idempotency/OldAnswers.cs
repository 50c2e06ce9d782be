using Lending.Platform.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lending.Platform.Idempotency;

/// <summary>Deletes the answers that are kept no longer. Any number of instances share the work.</summary>
internal sealed class OldAnswers(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<OldAnswers> logger) : BackgroundService
{
    private const int BatchSize = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Deletes them.</summary>
    public async Task DeleteAsync(CancellationToken ct)
    {
        const string table = $"{PlatformDbContext.Schema}.{KeptAnswer.Table}";
        var before = clock.GetUtcNow() - KeptAnswers.Lifetime;
        int deleted;
        do
        {
            deleted = await dataSource.ExecuteOverEveryOrganizationAsync(
                $"""
                DELETE FROM {table} WHERE id IN (
                    SELECT id FROM {table} WHERE created_at <= $1 ORDER BY created_at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
                )
                """,
                [new NpgsqlParameter<DateTimeOffset> { TypedValue = before }],
                ct
            );
        } while (deleted == BatchSize);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            try
            {
                await DeleteAsync(stoppingToken);
            }
            // The database may be away for a moment. An exception would end the host.
            catch (Exception exception)
            {
                if (!stoppingToken.IsCancellationRequested)
                {
                    logger.LogError("Old answers cannot be deleted now: {Error}", exception.GetType().Name);
                }
            }
        }
    }
}
