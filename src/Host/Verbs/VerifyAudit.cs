using Lending.Audit.Contracts;

namespace Lending.Host.Verbs;

/// <summary>Holds the audit log against its seals; answers 1 where something is not as it was.</summary>
internal static class VerifyAudit
{
    public static async Task<int> ExecuteAsync(string? knownSeal, CancellationToken ct)
    {
        await using var host = await LendingHost.BuildAsync([], ct: ct);
        var verdict = await host.App.Services.GetRequiredService<IAuditVerification>().VerifyAsync(knownSeal, ct);
        foreach (var finding in verdict.Findings)
        {
            await Console.Out.WriteLineAsync(finding);
        }
        await Console.Out.WriteLineAsync(
            $"{verdict.SealedEntries} entries in {verdict.Seals} seals, {verdict.Findings.Count} findings. The last seal is {verdict.LastSeal ?? "none"}."
        );
        return verdict.Findings.Count == 0 ? 0 : 1;
    }
}
