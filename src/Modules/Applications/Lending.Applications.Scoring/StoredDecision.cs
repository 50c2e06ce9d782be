using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lending.Applications.Scoring;

/// <summary>A decision as it is kept: with all that it rests on, so that it can be computed again for ever.</summary>
/// <param name="Policy">By what was decided.</param>
/// <param name="Inputs">On what.</param>
/// <param name="Result">What came of it.</param>
public sealed record StoredDecision(CreditPolicy Policy, DecisionInputs Inputs, CreditDecision Result)
{
    /// <summary>Decides, and keeps it.</summary>
    public static StoredDecision Of(CreditPolicy policy, DecisionInputs inputs) =>
        new(policy, inputs, DecisionEngine.Decide(policy, inputs));

    /// <summary>What was kept.</summary>
    public static StoredDecision Parse(string json) =>
        JsonSerializer.Deserialize<StoredDecision>(json, StoredJson.Options) ?? throw new JsonException("A decision is kept as an object.");

    /// <summary>As it is kept.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, StoredJson.Options);

    /// <summary>Whether the same policy and inputs still give this decision, to the last byte.</summary>
    public bool IsReproduced() => Of(Policy, Inputs).ToJson() == ToJson();
}

/// <summary>How decisions, policies and scores are kept.</summary>
public static class StoredJson
{
    /// <summary>Its own options, so that a change of the API's changes nothing that is kept.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false) },
        // A member that this version does not know must not be lost in silence.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };
}
