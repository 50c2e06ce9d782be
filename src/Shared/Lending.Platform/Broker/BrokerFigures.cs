using Lending.Platform.Outbox;
using Lending.Platform.Telemetry;

namespace Lending.Platform.Broker;

/// <summary>What metrics tell of the events that wait for the broker; also where none is set any more, as they still wait.</summary>
internal static class BrokerFigures
{
    /// <summary>How many wait.</summary>
    public static readonly CountedFigure Waiting = new(
        OutboxFigures.Meter,
        "lending.broker.waiting",
        "{event}",
        "Events that the broker has not confirmed yet.",
        $"SELECT count(*)::float8 FROM {BrokerMessages.Table} WHERE occurred_at <= $1"
    );

    /// <summary>How long the first of them has waited.</summary>
    public static readonly CountedFigure Oldest = new(
        OutboxFigures.Meter,
        "lending.broker.oldest",
        "s",
        "How long the first event has waited that the broker has not confirmed yet.",
        $"""
        SELECT coalesce((SELECT greatest(extract(epoch FROM $1 - occurred_at), 0) FROM {BrokerMessages.Table} ORDER BY number LIMIT 1), 0)::float8
        """
    );
}
