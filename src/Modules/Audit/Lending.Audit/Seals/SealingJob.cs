using Lending.Platform.Jobs;
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
) : RepeatedJob(clock, logger)
{
    protected override TimeSpan Interval => TimeSpan.FromSeconds(options.Value.SealSeconds);

    protected override string Failure => "The audit log could not be sealed";

    protected override async Task DoAsync(CancellationToken ct)
    {
        await sealing.SealAsync(ct);
        await using var make = dataSource.CreateCommand("SELECT audit.make_partitions($1)");
        make.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = Clock.GetUtcNow() });
        await make.ExecuteNonQueryAsync(ct);
    }
}
