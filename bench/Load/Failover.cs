using System.Diagnostics;

namespace Lending.Bench.Load;

/// <summary>What becomes of writes when the primary dies under them: the scripts of <c>ops/cluster</c>, with the published host.</summary>
internal static class Failover
{
    /// <summary>Answers whether nothing was lost, and clients saw nothing else than they should.</summary>
    public static async Task<bool> RunAsync(CancellationToken ct)
    {
        // Where it does not start, it may be somebody else's that runs, or its logs may say why.
        if (!await ClusterAsync("start", ct, Path.Combine(Bench.Artifacts, "host")))
        {
            return false;
        }
        try
        {
            return await ClusterAsync("test", ct);
        }
        finally
        {
            await ClusterAsync("stop", CancellationToken.None);
        }
    }

    private static async Task<bool> ClusterAsync(string script, CancellationToken ct, params string[] arguments)
    {
        using var process = Process.Start(Path.Combine(Bench.Repository, "ops", "cluster", script), arguments);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0;
    }
}
