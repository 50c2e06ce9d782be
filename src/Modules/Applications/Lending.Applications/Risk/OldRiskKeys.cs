using Lending.Platform.Jobs;
using Lending.Platform.Persistence;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lending.Applications.Risk;

/// <summary>Forgets what applications had in common when nothing counts it any more. Any number of instances share the work.</summary>
internal sealed class OldRiskKeys(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<OldRiskKeys> logger) : RepeatedJob(clock, logger)
{
    private const int BatchSize = 1000;

    protected override TimeSpan Interval => TimeSpan.FromHours(1);

    protected override string Failure => "Old keys of applications cannot be deleted now";

    protected override Task DoAsync(CancellationToken ct) => DeleteAsync(ct);

    /// <summary>Deletes them.</summary>
    public async Task DeleteAsync(CancellationToken ct)
    {
        var before = Clock.GetUtcNow().AddDays(-RiskCounts.Days);
        int deleted;
        do
        {
            deleted = await dataSource.ExecuteOverEveryOrganizationAsync(
                $"""
                DELETE FROM applications.risk_keys WHERE (application_id, kind, hash) IN (
                    SELECT application_id, kind, hash FROM applications.risk_keys WHERE at <= $1
                    ORDER BY at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
                )
                """,
                [new NpgsqlParameter<DateTimeOffset> { TypedValue = before }],
                ct
            );
        } while (deleted == BatchSize);
    }
}
