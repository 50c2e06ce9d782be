namespace Lending.Audit.Contracts;

/// <summary>Compares the audit log with its seals.</summary>
public interface IAuditVerification
{
    /// <summary>Reads all of it, of every organisation.</summary>
    /// <param name="known">Number and hash of a seal that was noted earlier, and has to be there still; null for none.</param>
    /// <param name="ct">Ends it early.</param>
    Task<AuditVerdict> VerifyAsync(string? known, CancellationToken ct);
}

/// <summary>What a comparison of the audit log with its seals has shown.</summary>
/// <param name="Seals">How many seals there are.</param>
/// <param name="SealedEntries">How many entries they say that they seal.</param>
/// <param name="LastSeal">Number and hash of the newest; null where there is none. Whoever has noted it sees later whether seals were taken away from the end.</param>
/// <param name="Findings">What is not as it was when it was sealed, each in words.</param>
public sealed record AuditVerdict(int Seals, int SealedEntries, string? LastSeal, IReadOnlyList<string> Findings);
