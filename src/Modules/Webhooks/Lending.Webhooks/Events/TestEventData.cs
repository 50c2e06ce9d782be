namespace Lending.Webhooks.Events;

/// <summary>Which webhook is tried out.</summary>
internal sealed record TestEventData
{
    /// <summary>The webhook.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b14</example>
    public required Guid WebhookId { get; init; }
}
