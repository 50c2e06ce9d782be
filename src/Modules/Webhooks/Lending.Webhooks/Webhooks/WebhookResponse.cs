using System.Text.Json.Serialization;
using Mapster;

namespace Lending.Webhooks.Webhooks;

/// <summary>One of the organisation's webhooks.</summary>
internal sealed record WebhookResponse
{
    /// <summary>The id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b14</example>
    public required Guid Id { get; init; }

    /// <summary>Where events are sent.</summary>
    /// <example>https://erp.example.org/lending</example>
    public required string Url { get; init; }

    /// <summary>The types of events that are sent.</summary>
    /// <example>["offer.accepted","offer.disbursed"]</example>
    public required IReadOnlyList<string> EventTypes { get; init; }

    /// <summary>The secret that signs. Only the answers that make one have it.</summary>
    /// <example>whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDhLFr2yV0Wkk=</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    /// <summary>Until when the secret before signs, too; null where there was none.</summary>
    /// <example>2026-11-03T09:30:00Z</example>
    public required DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>`ACTIVE` or `PAUSED`. What happens while it is paused waits for three days, and is sent when it is resumed.</summary>
    /// <example>ACTIVE</example>
    public required WebhookStatus Status { get; init; }

    /// <summary>Why it is paused: `REQUEST`, `FAILING` (for three days) or `GONE` (it answered 410); null where it is not.</summary>
    public required PauseReason? PausedBecause { get; init; }

    /// <summary>Since when every attempt has failed; null where the last one did not.</summary>
    public required DateTimeOffset? FailingSince { get; init; }

    /// <summary>When it was created.</summary>
    /// <example>2026-11-02T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    /// <example>2026-11-02T09:30:00Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The row's version, which goes into the entity tag.</summary>
    [JsonIgnore]
    public uint RowVersion { get; init; }

    internal sealed class Mapping : IRegister
    {
        // The secret is told once, by who makes it.
        public void Register(TypeAdapterConfig config) => config.NewConfig<Webhook, WebhookResponse>().Ignore(response => response.Secret!);
    }
}
