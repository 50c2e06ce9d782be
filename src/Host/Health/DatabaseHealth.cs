using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lending.Host.Health;

/// <summary>Ready means: the database answers and no migration is pending.</summary>
internal sealed class DatabaseHealth(DatabaseMigrator migrator) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var outdated = await migrator.FindOutdatedSchemasAsync(cancellationToken);
        return outdated.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"Pending migrations in: {string.Join(", ", outdated)}. Run the verb 'migrate'.");
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
