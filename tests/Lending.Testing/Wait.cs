namespace Lending.Testing;

/// <summary>Waits for what happens beside a test.</summary>
public static class Wait
{
    // Longer than the slowest machine needs; only what never happens takes so long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Waits until it is so.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
        }
    }
}
