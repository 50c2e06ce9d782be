using System.Text.Json;
using Lending.Applications.Scoring;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Applications.Risk;

/// <summary>How likely an application is fraud, as it was scored when it was submitted, and what a person found out later. No decision on the loan reads it.</summary>
internal sealed class RiskAssessment : ITenantOwned
{
    private RiskAssessment() { }

    public RiskAssessment(Guid applicationId, Guid customerId, StoredRisk risk, DateTimeOffset now)
    {
        ApplicationId = applicationId;
        CustomerId = customerId;
        Score = risk.Result.Score;
        Level = risk.Result.Level;
        IsDuplicate = risk.Signals.GetValueOrDefault(RiskSignal.PhoneOfOthers) > 0;
        ModelVersion = risk.Model.Version;
        Stored = risk.ToJson();
        CreatedAt = now;
    }

    public Guid ApplicationId { get; private init; }

    public Guid OrganizationId { get; private init; }

    /// <summary>Who applied, or the first of two.</summary>
    public Guid CustomerId { get; private init; }

    public decimal Score { get; private init; }

    public RiskLevel Level { get; private init; }

    /// <summary>Whether somebody else had applied with the same phone number; rates of who starts applications are counted by it.</summary>
    public bool IsDuplicate { get; private init; }

    [NotPersonal]
    public string ModelVersion { get; private init; } = "";

    /// <summary>See <see cref="StoredRisk"/>.</summary>
    [Personal]
    public Encrypted Stored { get; private init; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>What a person found out; null for nothing yet.</summary>
    public RiskLabel? Label { get; private set; }

    public Guid? LabelledById { get; private set; }

    [Personal]
    public string? LabelledByUsername { get; private set; }

    public DateTimeOffset? LabelledAt { get; private set; }

    [Personal]
    public Encrypted? Comment { get; private set; }

    public StoredRisk Read() => StoredRisk.Parse(Stored.Text);

    /// <summary>A person says what it is; the last word counts, and the audit log has those before.</summary>
    public void Call(RiskLabel label, string? comment, UserReference by, DateTimeOffset now) =>
        (Label, Comment, LabelledById, LabelledByUsername, LabelledAt) = (label, comment, by.Id, by.Username, now);
}

/// <summary>What a person can find out.</summary>
internal enum RiskLabel
{
    /// <summary>It is fraud.</summary>
    Fraud,

    /// <summary>It is what it says.</summary>
    Genuine,
}

/// <summary>A score as it is kept: with all that it rests on, so that it can be computed again.</summary>
/// <param name="Model">By what was scored.</param>
/// <param name="Signals">What was observed.</param>
/// <param name="Form">What the page told.</param>
/// <param name="Address">The network that a customer sent it from.</param>
/// <param name="UserAgent">What the customer's browser said that it is.</param>
/// <param name="Result">What came of it.</param>
internal sealed record StoredRisk(
    RiskModel Model,
    IReadOnlyDictionary<RiskSignal, decimal> Signals,
    ObservedForm? Form,
    string? Address,
    string? UserAgent,
    RiskResult Result
)
{
    public static StoredRisk Parse(string json) =>
        JsonSerializer.Deserialize<StoredRisk>(json, StoredJson.Options) ?? throw new JsonException("A score is kept as an object.");

    public string ToJson() => JsonSerializer.Serialize(this, StoredJson.Options);

    /// <summary>Whether the same model and signals still give this score.</summary>
    public bool IsReproduced() => (this with { Result = Model.Score(Signals) }).ToJson() == ToJson();
}

/// <summary>By what applications are found that have something in common: a keyed hash of it, kept for 30 days.</summary>
[NotAudited("Hashes by which applications are counted; the score of the application has an entry.")]
internal sealed class RiskKey : ITenantOwned
{
    private RiskKey() { }

    public RiskKey(Guid applicationId, Guid customerId, RiskKeyKind kind, byte[] hash, DateTimeOffset at) =>
        (ApplicationId, CustomerId, Kind, Hash, At) = (applicationId, customerId, kind, hash, at);

    public Guid ApplicationId { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid CustomerId { get; private init; }

    public RiskKeyKind Kind { get; private init; }

    [Personal]
    public byte[] Hash { get; private init; } = [];

    public DateTimeOffset At { get; private init; }
}

/// <summary>What applications can have in common.</summary>
internal enum RiskKeyKind
{
    /// <summary>The network of a customer's request.</summary>
    Address,

    /// <summary>The device.</summary>
    Device,

    /// <summary>The phone number.</summary>
    Phone,

    /// <summary>The postal address.</summary>
    Home,

    /// <summary>The user who started it.</summary>
    Starter,
}
