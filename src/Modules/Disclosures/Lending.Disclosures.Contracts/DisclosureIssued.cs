using Lending.Kernel;

namespace Lending.Disclosures.Contracts;

/// <summary>A customer was given the pre-contractual information of a version of an offer. Ids only: whoever needs more asks for it.</summary>
public sealed record DisclosureIssued : IEvent
{
    /// <summary>What was given.</summary>
    public Guid DisclosureId { get; init; }

    /// <summary>The offer that it is about.</summary>
    public Guid OfferId { get; init; }

    /// <inheritdoc />
    public Guid OrganizationId { get; init; }

    /// <summary>The customer.</summary>
    public Guid CustomerId { get; init; }

    /// <inheritdoc />
    public DateTimeOffset At { get; init; }

    /// <summary>The id of the user who gave it.</summary>
    public Guid By { get; init; }

    // Not a member of its own: it would be told twice.
    Guid IEvent.AggregateId => DisclosureId;
}
