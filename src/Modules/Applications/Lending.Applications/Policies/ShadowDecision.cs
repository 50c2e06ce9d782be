using Lending.Applications.Scoring;
using Lending.Platform.Audit;
using Lending.Platform.Persistence;

namespace Lending.Applications.Policies;

/// <summary>What a policy would have said where another one decided. It changes nothing for anybody, and is there to be counted.</summary>
[NotAudited("Nothing comes of it, and the decision beside it has an entry.")]
internal sealed class ShadowDecision : ITenantOwned
{
    private ShadowDecision() { }

    public ShadowDecision(Guid decisionId, Guid policyId, CreditDecision decision)
    {
        DecisionId = decisionId;
        PolicyId = policyId;
        Outcome = decision.Outcome;
        Points = decision.Score.Points;
    }

    /// <summary>The decision that counted.</summary>
    public Guid DecisionId { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid PolicyId { get; private init; }

    public DecisionOutcome Outcome { get; private init; }

    public int Points { get; private init; }
}
