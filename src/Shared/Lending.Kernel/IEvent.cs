namespace Lending.Kernel;

/// <summary>
/// Something that happened, which modules tell each other once it is committed. Named in the past tense, and never renamed: the outbox and
/// those outside who are told know it by the name of its type.
/// </summary>
public interface IEvent
{
    /// <summary>The organisation where it happened.</summary>
    Guid OrganizationId { get; }

    /// <summary>When it happened.</summary>
    DateTimeOffset At { get; }
}
