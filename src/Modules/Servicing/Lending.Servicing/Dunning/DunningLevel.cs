namespace Lending.Servicing.Dunning;

/// <summary>A level of dunning.</summary>
internal sealed record DunningLevel
{
    /// <summary>After how many days it comes: past due for the first level, after the letter before for the others.</summary>
    /// <example>14</example>
    public int? AfterDays { get; init; }

    /// <summary>How many days the letter gives to pay.</summary>
    /// <example>10</example>
    public int? PayWithinDays { get; init; }

    /// <summary>
    /// Whether the letter threatens to call the whole loan due (§ 498 BGB). It is written only where the arrears allow it, and gives two weeks at least.
    /// </summary>
    public bool ThreatensCallingDue { get; init; }

    /// <summary>The usual levels: a reminder, a dunning letter, and the notice of § 498.</summary>
    public static IReadOnlyList<DunningLevel> Usual { get; } =
    [
        new() { AfterDays = 5, PayWithinDays = 10 },
        new() { AfterDays = 14, PayWithinDays = 10 },
        new()
        {
            AfterDays = 14,
            // Two weeks from when it is received (§ 498 BGB), and four days for the post.
            PayWithinDays = 18,
            ThreatensCallingDue = true,
        },
    ];
}
