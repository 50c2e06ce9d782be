using Lending.Platform.Jobs;
using Lending.Platform.Persistence;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lending.Platform.Idempotency;

/// <summary>Deletes the answers that are kept no longer. Any number of instances share the work.</summary>
internal sealed class OldAnswers(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<OldAnswers> logger) : RepeatedJob(clock, logger)
{
    private const int BatchSize = 1000;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(10);

    protected override string Failure => "Old answers cannot be deleted now";

    protected override Task DoAsync(CancellationToken ct) => DeleteAsync(ct);

    /// <summary>Deletes them.</summary>
    public async Task DeleteAsync(CancellationToken ct)
    {
        const string table = $"{PlatformDbContext.Schema}.{KeptAnswer.Table}";
        var before = Clock.GetUtcNow() - KeptAnswers.Lifetime;
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
}
