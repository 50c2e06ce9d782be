using Microsoft.Extensions.Hosting;

namespace Lending.Platform.Encryption;

/// <summary>
/// Refuses the start where a key is missing. Where the database cannot be asked yet, it asks until it can, and stops the process then.
/// </summary>
internal sealed class KeyCheck(KeysInUse keys) : BackgroundService
{
    private static readonly TimeSpan BeforeNextTry = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await keys.TryCheckAsync(cancellationToken))
        {
            await base.StartAsync(cancellationToken);
        }
    }

    // What it throws stops the host.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
        {
            await Task.Delay(BeforeNextTry, stoppingToken);
        } while (!await keys.TryCheckAsync(stoppingToken));
    }
}
