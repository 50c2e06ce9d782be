using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lending.Documents.Scanning;

/// <summary>Tells whether files are scanned. Without a scanner the host is ready: files wait in quarantine.</summary>
internal sealed class ScannerHealth(VirusScanner scanner) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            scanner.Answers switch
            {
                true => HealthCheckResult.Healthy(),
                // Anybody may ask, so the scanner is not asked for it.
                null => HealthCheckResult.Healthy("It was not asked yet."),
                false => HealthCheckResult.Degraded("The virus scanner does not answer: uploaded files stay in quarantine."),
            }
        );
}
