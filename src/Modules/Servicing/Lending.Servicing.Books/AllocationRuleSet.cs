using System.Diagnostics.CodeAnalysis;

namespace Lending.Servicing.Books;

/// <summary>What money can be owed for.</summary>
public enum ClaimKind
{
    /// <summary>Costs of enforcing the claim.</summary>
    EnforcementCosts,

    /// <summary>Interest on what is overdue.</summary>
    DefaultInterest,

    /// <summary>A penalty.</summary>
    Penalty,

    /// <summary>A fee.</summary>
    Fee,

    /// <summary>Contract interest.</summary>
    Interest,

    /// <summary>Principal.</summary>
    Principal,
}

/// <summary>When something is owed, seen from the day of a payment.</summary>
public enum DueTiming
{
    /// <summary>It was due before.</summary>
    PastDue,

    /// <summary>It is due on that day.</summary>
    Due,

    /// <summary>It is not due yet.</summary>
    InAdvance,
}

/// <summary>One step of a rule set: of these times, these kinds.</summary>
/// <param name="Timings">The times, taken together.</param>
/// <param name="Kinds">The kinds in their order.</param>
/// <param name="ByInstalment">True: the oldest due date first, all its kinds in their order. False: the first kind first, on all due dates.</param>
public sealed record AllocationStep(IReadOnlyList<DueTiming> Timings, IReadOnlyList<ClaimKind> Kinds, bool ByInstalment);

/// <summary>In which order a payment pays what is owed. Rule sets are data: <see cref="AllocationRuleSets"/> has those with a name.</summary>
/// <param name="Name">What contracts and payments call it.</param>
/// <param name="Steps">Each takes what the ones before left over.</param>
public sealed record AllocationRuleSet(string Name, IReadOnlyList<AllocationStep> Steps);

/// <summary>The rule sets that have a name, and how others are written.</summary>
public static class AllocationRuleSets
{
    private static readonly DueTiming[] _owed = [DueTiming.PastDue, DueTiming.Due];

    /// <summary>
    /// § 497(3) BGB, consumers: costs of enforcement, then the overdue amount as it is owed (the instalment with its contract interest), then
    /// default interest.
    /// </summary>
    public static readonly AllocationRuleSet Bgb497 = new(
        "bgb-497",
        [
            new(_owed, [ClaimKind.EnforcementCosts], ByInstalment: false),
            new(_owed, [ClaimKind.Fee, ClaimKind.Interest, ClaimKind.Principal], ByInstalment: true),
            new(_owed, [ClaimKind.DefaultInterest, ClaimKind.Penalty], ByInstalment: false),
            new([DueTiming.InAdvance], [ClaimKind.Fee, ClaimKind.Penalty, ClaimKind.Interest, ClaimKind.Principal], ByInstalment: true),
        ]
    );

    /// <summary>§ 367 BGB, business loans and mortgage loans (§ 497(4)): costs, interest, principal.</summary>
    public static readonly AllocationRuleSet Bgb367 = new(
        "bgb-367",
        [
            new(_owed, [ClaimKind.EnforcementCosts, ClaimKind.Fee, ClaimKind.Penalty], ByInstalment: false),
            new(_owed, [ClaimKind.DefaultInterest, ClaimKind.Interest], ByInstalment: false),
            new(_owed, [ClaimKind.Principal], ByInstalment: false),
            new([DueTiming.InAdvance], [ClaimKind.Fee, ClaimKind.Penalty, ClaimKind.Interest, ClaimKind.Principal], ByInstalment: true),
        ]
    );

    /// <summary>Apache Fineract's oldest one: instalment by instalment penalties, fees, interest, principal.</summary>
    public static readonly AllocationRuleSet PenaltiesFeesInterestPrincipal = new(
        "penalties-fees-interest-principal",
        [
            new(
                [DueTiming.PastDue, DueTiming.Due, DueTiming.InAdvance],
                [
                    ClaimKind.EnforcementCosts,
                    ClaimKind.DefaultInterest,
                    ClaimKind.Penalty,
                    ClaimKind.Fee,
                    ClaimKind.Interest,
                    ClaimKind.Principal,
                ],
                ByInstalment: true
            ),
        ]
    );

    /// <summary>Apache Fineract's "due penalty, fee, interest, principal; in advance principal, penalty, fee, interest".</summary>
    public static readonly AllocationRuleSet DueFirstThenPrincipal = new(
        "due-penalty-fee-interest-principal-in-advance-principal-penalty-fee-interest",
        [
            new(
                _owed,
                [
                    ClaimKind.EnforcementCosts,
                    ClaimKind.DefaultInterest,
                    ClaimKind.Penalty,
                    ClaimKind.Fee,
                    ClaimKind.Interest,
                    ClaimKind.Principal,
                ],
                ByInstalment: true
            ),
            new([DueTiming.InAdvance], [ClaimKind.Principal, ClaimKind.Penalty, ClaimKind.Fee, ClaimKind.Interest], ByInstalment: true),
        ]
    );

    private static readonly AllocationRuleSet[] _named = [Bgb497, Bgb367, PenaltiesFeesInterestPrincipal, DueFirstThenPrincipal];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names => [.. _named.Select(rules => rules.Name)];

    /// <summary>
    /// Finds a rule set by its name, or reads one that is written out: Fineract's twelve buckets with commas, such as
    /// <c>past-due-penalty,past-due-fee,…,in-advance-principal</c>; <c>vertical:</c> before them takes each bucket on all due dates before the next one.
    /// </summary>
    public static bool TryFind(string? text, [NotNullWhen(true)] out AllocationRuleSet? rules)
    {
        rules = Array.Find(_named, candidate => candidate.Name == text) ?? Written(text);
        return rules is not null;
    }

    private static AllocationRuleSet? Written(string? text)
    {
        const string Vertical = "vertical:";

        if (text is null || !text.Contains(',', StringComparison.Ordinal))
        {
            return null;
        }

        var isVertical = text.StartsWith(Vertical, StringComparison.Ordinal);
        // What is overdue because of default comes first: Fineract has no bucket for it.
        var steps = new List<AllocationStep> { new(_owed, [ClaimKind.EnforcementCosts, ClaimKind.DefaultInterest], ByInstalment: false) };
        var seen = new HashSet<(DueTiming, ClaimKind)>();
        foreach (var bucket in (isVertical ? text[Vertical.Length..] : text).Split(','))
        {
            if (Bucket(bucket) is not { } found || !seen.Add(found))
            {
                return null;
            }

            var (timing, kind) = found;
            if (!isVertical && seen.Count > 1 && steps[^1].Timings[0] == timing)
            {
                steps[^1] = steps[^1] with { Kinds = [.. steps[^1].Kinds, kind] };
            }
            else
            {
                steps.Add(new([timing], [kind], ByInstalment: !isVertical));
            }
        }

        return seen.Count == 12 ? new(text, steps) : null;
    }

    private static (DueTiming Timing, ClaimKind Kind)? Bucket(string text)
    {
        DueTiming? timing =
            text.StartsWith("past-due-", StringComparison.Ordinal) ? DueTiming.PastDue
            : text.StartsWith("due-", StringComparison.Ordinal) ? DueTiming.Due
            : text.StartsWith("in-advance-", StringComparison.Ordinal) ? DueTiming.InAdvance
            : null;
        ClaimKind? kind = text[(text.LastIndexOf('-') + 1)..] switch
        {
            "penalty" => ClaimKind.Penalty,
            "fee" => ClaimKind.Fee,
            "interest" => ClaimKind.Interest,
            "principal" => ClaimKind.Principal,
            _ => null,
        };
        return timing is { } foundTiming && kind is { } foundKind ? (foundTiming, foundKind) : null;
    }
}
