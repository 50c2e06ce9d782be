namespace Lending.Kernel;

/// <summary>
/// Something that happened, which modules tell each other once it is committed. Named in the past tense, and never renamed: the outbox and
/// those outside who are told know it by the name of its type.
/// </summary>
public interface IEvent
{
    /// <summary>The organisation where it happened.</summary>
    Guid OrganizationId { get; }

    /// <summary>
    /// What it is about, such as the offer: events with the same are told in the order in which they were committed. Whoever publishes one has locked what
    /// it is about, or has just made it.
    /// </summary>
    Guid AggregateId { get; }

    /// <summary>When it happened.</summary>
    DateTimeOffset At { get; }
}
