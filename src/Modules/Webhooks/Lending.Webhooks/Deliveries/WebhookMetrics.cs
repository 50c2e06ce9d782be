using System.Diagnostics.Metrics;
using Lending.Platform.Telemetry;

namespace Lending.Webhooks.Deliveries;

/// <summary>What metrics tell of deliveries; never whose.</summary>
internal sealed class WebhookMetrics(IMeterFactory meters)
{
    private const string Meter = "Lending.Webhooks";

    /// <summary>Without those that fail, whose events wait for each other: so it tells whether the others are late.</summary>
    public static readonly CountedFigure Oldest = new(
        Meter,
        "lending.webhooks.oldest",
        "s",
        "How long the oldest delivery has waited that is due and not sent yet, to a webhook that does not fail.",
        """
        SELECT coalesce(extract(epoch FROM $1 - min(next_attempt_at)), 0)::float8
        FROM webhooks.deliveries AS delivery JOIN webhooks.webhooks AS webhook ON webhook.id = delivery.webhook_id
        WHERE delivery.status = 'WAITING' AND delivery.next_attempt_at <= $1 AND webhook.status = 'ACTIVE' AND webhook.failing_since IS NULL
        """
    );

    private readonly Counter<long> attempts = meters
        .Create(Meter)
        .CreateCounter<long>("lending.webhooks.attempts", "{attempt}", "Attempts to send an event to a webhook.");

    /// <summary>Counts an attempt.</summary>
    public void Count(Outcome outcome) => attempts.Add(1, new KeyValuePair<string, object?>("outcome", outcome.Failure ?? "delivered"));
}
