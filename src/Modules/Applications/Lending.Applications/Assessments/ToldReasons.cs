using Lending.Applications.Scoring;

namespace Lending.Applications.Assessments;

/// <summary>What is told of why an application was not approved.</summary>
internal static class ToldReasons
{
    /// <summary>
    /// What the person who refused has named, with what would pass where the policy has proved that of the same; where no person refused, what the policy found.
    /// </summary>
    public static IEnumerable<DecisionReason> Of(StoredDecision decision, IReadOnlyList<string>? named) =>
        named is null
            ? decision.Result.Reasons
            : named.Select(code =>
                decision.Result.Reasons.FirstOrDefault(reason => reason.Code == code)
                ?? new DecisionReason(code, Rule: "", LostPoints: null, Counterfactual: null)
            );

    /// <summary>
    /// What one of two applicants is told. The bureau's worse class of the two counts, so by points, or by the class that would have passed, whoever knows their own
    /// would know the other's.
    /// </summary>
    public static IEnumerable<DecisionReason> ForOneOfTwo(IEnumerable<DecisionReason> reasons) =>
        reasons.Select(reason =>
            reason with
            {
                LostPoints = null,
                Counterfactual =
                    reason.Counterfactual is { } would && would.Changes.Any(change => change.Fact == ChangedFact.BureauClass)
                        ? null
                        : reason.Counterfactual,
            }
        );
}
