using Lending.Applications.Scoring;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Applications.Assessments;

/// <summary>What a policy said to an application. It is kept with all that it rests on, and never changed.</summary>
internal sealed class AutomaticDecision : ITenantOwned
{
    private AutomaticDecision() { }

    public AutomaticDecision(Guid applicationId, Guid customerId, StoredDecision decision, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        ApplicationId = applicationId;
        CustomerId = customerId;
        Outcome = decision.Result.Outcome;
        PolicyVersion = decision.Policy.Version;
        Points = decision.Result.Score.Points;
        Stored = decision.ToJson();
        CreatedAt = now;
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid ApplicationId { get; private init; }

    /// <summary>Who applied, or the first of two.</summary>
    public Guid CustomerId { get; private init; }

    public DecisionOutcome Outcome { get; private init; }

    [NotPersonal]
    public string PolicyVersion { get; private init; } = "";

    public int Points { get; private init; }

    /// <summary>See <see cref="StoredDecision"/>.</summary>
    [Personal]
    public Encrypted Stored { get; private init; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    public StoredDecision Read() => StoredDecision.Parse(Stored.Text);
}
