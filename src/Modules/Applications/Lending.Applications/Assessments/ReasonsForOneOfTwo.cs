using Lending.Applications.Scoring;

namespace Lending.Applications.Assessments;

/// <summary>
/// What one of two applicants is told of the reasons. The bureau's worse class of the two counts, so by points, or by the class that would have passed, whoever knows
/// their own would know the other's.
/// </summary>
internal static class ReasonsForOneOfTwo
{
    public static IEnumerable<DecisionReason> Of(IEnumerable<DecisionReason> reasons) =>
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
