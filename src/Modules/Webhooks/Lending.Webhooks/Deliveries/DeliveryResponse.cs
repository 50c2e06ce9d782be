using Mapster;

namespace Lending.Webhooks.Deliveries;

/// <summary>An event for a webhook, and what became of it.</summary>
internal sealed record DeliveryResponse
{
    /// <summary>The delivery.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b16</example>
    public required Guid Id { get; init; }

    /// <summary>The event's id, which every attempt carries as `webhook-id`.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b15</example>
    public required Guid EventId { get; init; }

    /// <summary>The event's type.</summary>
    /// <example>offer.accepted</example>
    public required string EventType { get; init; }

    /// <summary>`WAITING` (for its first or its next attempt), `SENDING`, `DELIVERED` or `FAILED` (nobody tries again).</summary>
    /// <example>WAITING</example>
    public required DeliveryStatus Status { get; init; }

    /// <summary>How often it was tried, since it was last asked for.</summary>
    /// <example>1</example>
    public required int Attempts { get; init; }

    /// <summary>When it was last tried.</summary>
    /// <example>2026-11-02T09:30:02Z</example>
    public required DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>The status that the last attempt was answered with; null where no answer came.</summary>
    /// <example>503</example>
    public required int? LastStatusCode { get; init; }

    /// <summary>
    /// Why the last attempt failed: `status` (the answer's), `timeout`, `no-connection`, `name-unknown`, `tls`, `address-refused` (a private one), or `paused`: the webhook was paused
    /// for three days.
    /// </summary>
    /// <example>status</example>
    public required string? LastFailure { get; init; }

    /// <summary>When it is tried next; null where it is not.</summary>
    /// <example>2026-11-02T09:30:07Z</example>
    public required DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When it was made.</summary>
    /// <example>2026-11-02T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was taken or given up.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config
                .NewConfig<Delivery, DeliveryResponse>()
                .Map(
                    response => response.NextAttemptAt,
                    row => row.Status == DeliveryStatus.Waiting ? row.NextAttemptAt : (DateTimeOffset?)null
                );
    }
}
