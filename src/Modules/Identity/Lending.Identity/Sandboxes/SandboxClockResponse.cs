namespace Lending.Identity.Sandboxes;

/// <summary>The clock of a sandbox.</summary>
internal sealed record SandboxClockResponse
{
    /// <summary>The time in the sandbox.</summary>
    /// <example>2027-01-31T09:00:00Z</example>
    public required DateTimeOffset Now { get; init; }

    /// <summary>By how many seconds it is ahead of the real time; 0 where it was never advanced.</summary>
    /// <example>5356800</example>
    public required decimal AheadSeconds { get; init; }

    public static SandboxClockResponse Of(TimeSpan ahead, DateTimeOffset now) =>
        new() { Now = now + ahead, AheadSeconds = (decimal)ahead.Ticks / TimeSpan.TicksPerSecond };
}
