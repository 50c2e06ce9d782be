using System.Diagnostics;
using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Webhooks.Events;

namespace Lending.Webhooks.Deliveries;

/// <summary>
/// An event for one webhook, and what became of it. Whoever sends it first writes down that they do, until when at the latest; where they vanish, somebody
/// else sends it again.
/// </summary>
[NotAudited("Each says itself what became of it; the event that causes one has an entry.")]
internal sealed class Delivery : ITenantOwned, IListed
{
    public const int MaximumFailureLength = 50;

    /// <summary>How long sending can take before somebody else sends it again.</summary>
    public static readonly TimeSpan LongestSending = TimeSpan.FromMinutes(1);

    /// <summary>How long what waits for a paused webhook waits.</summary>
    public static readonly TimeSpan LongestWaiting = TimeSpan.FromDays(3);

    /// <summary>How long what is finished can be read and sent again.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    // The pauses after each attempt that failed: ten attempts within three days.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(20),
    ];

    private Delivery() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid WebhookId { get; private init; }

    /// <summary>The event's id: the same for all webhooks and attempts, so that receivers know repetitions.</summary>
    public Guid EventId { get; private init; }

    [NotPersonal]
    public string EventType { get; private init; } = "";

    /// <summary>What is sent, to the letter: it is what is signed.</summary>
    [NotPersonal]
    public string Body { get; private init; } = "";

    public DeliveryStatus Status { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>While it waits, not sent before; while it is sent, sent again from then on.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    public DateTimeOffset? LastAttemptAt { get; private set; }

    /// <summary>The status that the last attempt was answered with, if it was answered.</summary>
    public int? LastStatusCode { get; private set; }

    /// <summary>Why the last attempt failed, if it did.</summary>
    [NotPersonal]
    public string? LastFailure { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>When it was taken or given up.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>The request that made the event, for who follows traces.</summary>
    [NotPersonal]
    public string? TraceParent { get; private init; }

    /// <summary>A delivery that is due at once.</summary>
    public static Delivery Create(
        Guid webhookId,
        Guid eventId,
        EventType type,
        DateTimeOffset happenedAt,
        object data,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            WebhookId = webhookId,
            EventId = eventId,
            EventType = type.Name,
            Body = type.BodyOf(happenedAt, data),
            NextAttemptAt = now,
            CreatedAt = now,
            TraceParent = Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } cause ? cause.Id : null,
        };

    /// <summary>Lets it be sent at once, as if it were new.</summary>
    public void Replay(DateTimeOffset now)
    {
        Status = DeliveryStatus.Waiting;
        Attempts = 0;
        NextAttemptAt = now;
        FinishedAt = null;
    }

    /// <summary>Records an attempt.</summary>
    public void Record(Outcome outcome, DateTimeOffset now)
    {
        LastAttemptAt = now;
        LastStatusCode = outcome.StatusCode;
        LastFailure = outcome.Failure;
        if (outcome.Failure is null)
        {
            Finish(DeliveryStatus.Delivered, now);
        }
        else if (outcome.IsGone || Attempts > Pauses.Length)
        {
            Finish(DeliveryStatus.Failed, now);
        }
        else
        {
            Status = DeliveryStatus.Waiting;
            NextAttemptAt = now + Pauses[Attempts - 1];
        }
    }

    private void Finish(DeliveryStatus status, DateTimeOffset now)
    {
        Status = status;
        FinishedAt = now;
    }
}

/// <summary>What became of a delivery.</summary>
internal enum DeliveryStatus
{
    /// <summary>It waits for its first or its next attempt.</summary>
    Waiting,

    /// <summary>It is being sent.</summary>
    Sending,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>It was given up.</summary>
    Failed,
}
