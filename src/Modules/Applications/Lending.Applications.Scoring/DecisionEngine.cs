using Lending.Kernel;

namespace Lending.Applications.Scoring;

/// <summary>
/// Decides: affordability first, then points. An unclear answer of the credit bureau never refuses anybody, nor does a country of which nobody has said what living
/// costs there: a person looks at it.
/// </summary>
public static class DecisionEngine
{
    /// <summary>The most reasons that are told.</summary>
    public const int MostReasons = 4;

    /// <summary>The decision, with its reasons.</summary>
    public static CreditDecision Decide(CreditPolicy policy, DecisionInputs inputs)
    {
        var decision = Evaluate(policy, inputs);
        return decision.Outcome == DecisionOutcome.Approve
            ? decision
            : decision with
            {
                Reasons = [.. ReasonsOf(policy, inputs, decision).Take(MostReasons)],
            };
    }

    /// <summary>The decision without reasons, which cost most of the time: for the solver, and for what only counts outcomes.</summary>
    public static CreditDecision Evaluate(CreditPolicy policy, DecisionInputs inputs)
    {
        if (inputs.Instalment <= 0 || inputs.Applicants.Count is 0 or > 2)
        {
            throw new ArgumentException("A decision is about an instalment, and about one or two people.", nameof(inputs));
        }

        var ofCountry = policy.LumpSumsIn(inputs.Country);
        var lumpSums = ofCountry ?? policy.LumpSums;
        var affordability = Affordability.Of(inputs.Budget, inputs.Instalment, lumpSums, Currency.Get(policy.Currency));
        var score = policy.Scorecard.Of(inputs.Facts(affordability));
        var hasSurplus = affordability.Surplus >= policy.MinimumSurplus;
        var canServe = Affordability.ExactDebtService(inputs.Budget, inputs.Instalment) <= policy.MaximumDebtService;
        var isKnown = inputs.Applicants.All(applicant => applicant.Bureau.Outcome is BureauOutcome.Hit or BureauOutcome.None);
        return new CreditDecision
        {
            PolicyVersion = policy.Version,
            LumpSumsVersion = lumpSums.Version,
            ScorecardVersion = policy.Scorecard.Version,
            Outcome =
                !isKnown || ofCountry is null ? DecisionOutcome.Review
                : !hasSurplus || !canServe || score.Points < policy.ReviewFromPoints ? DecisionOutcome.Refuse
                : score.Points < policy.ApproveFromPoints ? DecisionOutcome.Review
                : DecisionOutcome.Approve,
            Affordability = affordability,
            Score = score,
            Rules =
            [
                new(RuleCode.Surplus, hasSurplus),
                new(RuleCode.Dsti, canServe),
                new(RuleCode.Score, score.Points >= policy.ApproveFromPoints),
                new(RuleCode.Bureau, isKnown),
                // Decisions by policies without such tables say nothing of it, and are computed again to the last byte.
                .. policy.LumpSumsByCountry is null ? [] : (RuleResult[])[new(RuleCode.Country, ofCountry is not null)],
            ],
            Reasons = [],
        };
    }

    private static IEnumerable<DecisionReason> ReasonsOf(CreditPolicy policy, DecisionInputs inputs, CreditDecision decision)
    {
        if (inputs.Applicants.Any(applicant => applicant.Bureau.Outcome == BureauOutcome.Unavailable))
        {
            yield return new(DecisionReason.BureauUnavailable, RuleCode.Bureau, LostPoints: null, Counterfactual: null);
        }

        if (inputs.Applicants.Any(applicant => applicant.Bureau.Outcome == BureauOutcome.Ambiguous))
        {
            yield return new(DecisionReason.BureauAmbiguous, RuleCode.Bureau, LostPoints: null, Counterfactual: null);
        }

        if (policy.LumpSumsIn(inputs.Country) is null)
        {
            yield return new(DecisionReason.CountryUnknown, RuleCode.Country, LostPoints: null, Counterfactual: null);
        }

        foreach (var rule in (string[])[RuleCode.Surplus, RuleCode.Dsti])
        {
            if (!decision.Passes(rule))
            {
                yield return new(rule, rule, LostPoints: null, CounterfactualSolver.ForRule(policy, inputs, rule));
            }
        }

        // Whoever has points enough was not refused for what is missing to more.
        if (decision.Passes(RuleCode.Score))
        {
            yield break;
        }

        // Sorting is stable: of those that have lost alike, the card's order counts.
        List<CharacteristicPoints> lost =
        [
            .. decision.Score.Characteristics.Where(part => part.Lost > 0).OrderByDescending(part => part.Lost),
        ];
        foreach (var part in lost)
        {
            yield return new(
                part.Code,
                RuleCode.Score,
                part.Lost,
                CounterfactualSolver.ForPoints(policy, inputs, part.Code, [.. lost.Select(other => other.Code)])
            );
        }
    }
}
