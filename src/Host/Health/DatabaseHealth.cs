using Lending.Platform;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Lending.Host.Health;

/// <summary>
/// Ready means: the database answers, no migration is pending, it holds nothing in clear that is to be encrypted, it keeps organisations apart, and no key is missing that its
/// values are encrypted with. Anybody may ask, so an answer holds for a second, one query is under way however many ask, and it has a connection of its own: it takes none from requests, and is answered while they have all of theirs.
/// </summary>
internal sealed class DatabaseHealth : IHealthCheck, IAsyncDisposable
{
    private const int LongestAnswerSeconds = 5;
    private static readonly TimeSpan AnswerHolds = TimeSpan.FromSeconds(1);

    private readonly DatabaseMigrator migrator;
    private readonly KeysInUse keys;
    private readonly EncryptedRows encrypted;
    private readonly TimeProvider clock;
    private readonly bool mustBeKeptApart;
    private readonly NpgsqlDataSource ownDatabase;
    private readonly Lock gate = new();
    private Task<HealthCheckResult>? latest;
    private HealthCheckResult? settled;
    private long answeredAt;

    public DatabaseHealth(
        DatabaseMigrator migrator,
        KeysInUse keys,
        EncryptedRows encrypted,
        IConfiguration configuration,
        TimeProvider clock,
        IHostEnvironment environment
    )
    {
        this.migrator = migrator;
        this.keys = keys;
        this.encrypted = encrypted;
        this.clock = clock;
        mustBeKeptApart = !environment.IsDevelopment();
        // Not the pool's own text, which leaves the password out.
        var connection = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString(LendingPlatform.ConnectionStringName))
        {
            MinPoolSize = 0,
            MaxPoolSize = 1,
            Timeout = LongestAnswerSeconds,
            CommandTimeout = LongestAnswerSeconds,
        };
        ownDatabase = new NpgsqlDataSourceBuilder(connection.ConnectionString) { Name = "health" }.Build();
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (latest is null || (latest.IsCompleted && clock.GetElapsedTime(answeredAt) >= AnswerHolds))
            {
                latest = AskAsync();
            }
            // Who leaves stops waiting, and the others still get the answer.
            return latest.WaitAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => ownDatabase.DisposeAsync();

    private async Task<HealthCheckResult> AskAsync()
    {
        try
        {
            if (await migrator.FindPendingMigrationsAsync(ownDatabase, CancellationToken.None) is not { } pending)
            {
                // What was said before holds: a migration is made so that the version before can serve meanwhile.
                return settled ?? HealthCheckResult.Unhealthy("A migration is under way.");
            }
            settled = await LookAsync(pending);
            return settled.Value;
        }
        finally
        {
            answeredAt = clock.GetTimestamp();
        }
    }

    private async Task<HealthCheckResult> LookAsync(IReadOnlyList<string> pending)
    {
        if (pending.Count > 0)
        {
            return HealthCheckResult.Unhealthy($"Pending migrations in {string.Join("; ", pending)}. Run the verb 'migrate'.");
        }
        if (await encrypted.FindPlainTablesAsync(ownDatabase, CancellationToken.None) is { Count: > 0 } tables)
        {
            return HealthCheckResult.Unhealthy($"Not encrypted yet: {string.Join(", ", tables)}. Run the verb 'migrate' again.");
        }
        if (await keys.FindObstacleAsync(ownDatabase, CancellationToken.None) is { } obstacle)
        {
            return HealthCheckResult.Unhealthy(obstacle);
        }
        return mustBeKeptApart && !await DatabaseRights.IsKeptApartAsync(ownDatabase, CancellationToken.None)
            ? HealthCheckResult.Unhealthy(
                "The API connects as somebody who sees every organisation. ConnectionStrings__Lending has to name another user than "
                    + "ConnectionStrings__LendingOwner, which the verb 'migrate' makes."
            )
            : HealthCheckResult.Healthy();
    }
}

internal static class HealthEndpoints
{
    /// <summary><c>/health/live</c>: the process runs. <c>/health/ready</c>: it can serve.</summary>
    public static void MapLendingHealth(this WebApplication app)
    {
        // Health checks do not wait behind other requests: else a busy host would look like a broken one.
        var health = app.MapGroup("/health").DisableRateLimiting();
        health.MapHealthChecks("/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        health.MapHealthChecks("/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    /// <summary>Registers the checks.</summary>
    public static void AddLendingHealth(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseHealth>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
    }

    // The answer names the check that failed, and not the exception's message: it can hold the names of our servers.
    private static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(
            new
            {
                status = report.Status.ToString(),
                checks = report.Entries.ToDictionary(
                    entry => entry.Key,
                    entry =>
                        entry.Value.Exception is null
                            ? entry.Value.Description ?? entry.Value.Status.ToString()
                            : "The database does not answer.",
                    StringComparer.Ordinal
                ),
            }
        );
}
