using System.Diagnostics;
using Lending.Platform.Persistence;
using Lending.Platform.Telemetry;

namespace Lending.Platform.Outbox;

/// <summary>What metrics tell of the outboxes of all modules.</summary>
internal sealed class OutboxFigures(IEnumerable<ModuleDatabase> databases, IEnumerable<EventSubscription> subscriptions)
{
    public const string Meter = "Lending.Outbox";

    /// <summary>What traces tell of events.</summary>
    private static readonly ActivitySource Source = new(Meter);

    /// <summary>Begins what is done with an event, in the trace of the request that made it, however much later; null where there is none.</summary>
    public static Activity? StartActivity(string name, ActivityKind kind, string? traceParent) =>
        ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var cause)
            ? Source.StartActivity(name, kind, cause)
            : null;

    /// <summary>How many events wait that this version handles.</summary>
    public CountedFigure Waiting =>
        new(Meter, "lending.outbox.waiting", "{event}", "Events that wait for their delivery.", WaitingSql("count(*)"));

    /// <summary>How long the oldest of them has waited.</summary>
    public CountedFigure Oldest =>
        new(
            Meter,
            "lending.outbox.oldest",
            "s",
            "How long the oldest event has waited that is not delivered yet.",
            WaitingSql("coalesce(extract(epoch FROM $1 - min(occurred_at)), 0)")
        );

    /// <summary>How many events failed so often that they are tried no more.</summary>
    public CountedFigure Dead =>
        new(
            Meter,
            "lending.outbox.dead",
            "{event}",
            "Events that failed too often, and wait for a replay.",
            FigureSql("count(*)", OutboxSql.IsDead)
        );

    // What is left to another version is not waited for. Names of types are our own.
    private string WaitingSql(string figure)
    {
        var types = subscriptions.Select(subscription => subscription.EventType).Distinct(StringComparer.Ordinal);
        return FigureSql(figure, $"{OutboxSql.IsWaiting} AND type = ANY ('{{{string.Join(',', types)}}}'::text[])");
    }

    private string FigureSql(string figure, string condition)
    {
        var found = OutboxSql
            .SchemasOf(databases)
            .Select(schema => $"SELECT occurred_at FROM {OutboxSql.TableOf(schema)} WHERE {condition}");
        return $"SELECT {figure}::float8 FROM ({string.Join(" UNION ALL ", found)}) AS found WHERE occurred_at <= $1";
    }
}
