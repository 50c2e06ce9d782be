using System.Diagnostics;
using System.Text.Json;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Platform.Outbox;

/// <summary>
/// An event that waits for its delivery, or was delivered. It is written in the transaction of what happened; from then on only the
/// <see cref="OutboxDispatcher"/> changes it.
/// </summary>
[NotAudited("What happened has an entry; delivery is none of anybody.")]
public sealed class OutboxMessage : ITenantOwned
{
    /// <summary>The table, in each module's own schema.</summary>
    public const string Table = "outbox_messages";

    /// <summary>The longest name of an event, in characters.</summary>
    public const int MaximumTypeLength = 100;

    /// <summary>The longest note on why the last attempt failed, in characters.</summary>
    public const int MaximumErrorLength = 500;

    /// <summary>The length of a W3C traceparent, in characters.</summary>
    public const int TraceParentLength = 55;

    private OutboxMessage() { }

    /// <summary>The message's id; handlers get it to tell a repetition from something new.</summary>
    public Guid Id { get; private init; }

    /// <inheritdoc />
    public Guid OrganizationId { get; private init; }

    /// <summary>What it is about, see <see cref="IEvent.AggregateId"/>; null in rows of versions that did not write it yet.</summary>
    public Guid? AggregateId { get; private init; }

    /// <summary>Its place in the order of its aggregate. The database counts, because the clocks of two instances differ.</summary>
    public long Number { get; private init; }

    /// <summary>The event's name: that of its type.</summary>
    [NotPersonal]
    public string Type { get; private init; } = "";

    /// <summary>The event as JSON.</summary>
    [NotPersonal]
    public string Payload { get; private init; } = "";

    /// <summary>When it happened, by the real time. A sandbox's own time stands in the payload.</summary>
    public DateTimeOffset OccurredAt { get; private init; }

    /// <summary>When every handler had handled it; null as long as it waits.</summary>
    public DateTimeOffset? DeliveredAt { get; private init; }

    /// <summary>How often delivery was tried.</summary>
    public int Attempts { get; private init; }

    /// <summary>Not delivered before this time.</summary>
    public DateTimeOffset NextAttemptAt { get; private init; }

    /// <summary>When it was given up, because it had failed too often; null for all others. It then waits for a replay.</summary>
    public DateTimeOffset? DiedAt { get; private init; }

    /// <summary>Which handler failed with which sort of exception at the last attempt; never what it said, which could be personal.</summary>
    [NotPersonal]
    public string? LastError { get; private init; }

    /// <summary>The request that made it, for who follows traces; null where that was not recorded.</summary>
    [NotPersonal]
    public string? TraceParent { get; private init; }

    /// <summary>The message that tells of this event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="now">The real time: what happened in a sandbox, whose clock is ahead, is due at once all the same.</param>
    /// <param name="before">How many events were told before it in the same lease.</param>
    public static OutboxMessage Of(IEvent happened, DateTimeOffset now, int before)
    {
        var type = happened.GetType();
        var at = happened.At < now ? happened.At : now;
        return new OutboxMessage
        {
            // EF inserts the rows of one save in the order of their ids, and within a millisecond that order would be random.
            Id = Guid.CreateVersion7(now.AddMilliseconds(before)),
            // SaveChanges would give the row the caller's organisation, but the payload would keep the empty one, so handlers could not trust it.
            OrganizationId =
                happened.OrganizationId != Guid.Empty
                    ? happened.OrganizationId
                    : throw new ArgumentException("The event has no organisation.", nameof(happened)),
            AggregateId = happened.AggregateId,
            Type = type.Name,
            Payload = JsonSerializer.Serialize(happened, type, Json),
            OccurredAt = at,
            NextAttemptAt = at,
            TraceParent = Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } cause ? cause.Id : null,
        };
    }

    /// <summary>How payloads are written and read.</summary>
    internal static JsonSerializerOptions Json => JsonSerializerOptions.Web;
}
