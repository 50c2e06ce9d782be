using Lending.Kernel;

namespace Lending.Documents.Contracts;

/// <summary>Somebody approved a document.</summary>
public sealed record DocumentApproved : IEvent
{
    /// <summary>The document.</summary>
    public Guid DocumentId { get; init; }

    /// <inheritdoc />
    public Guid OrganizationId { get; init; }

    /// <summary>The customer whose document it is.</summary>
    public Guid CustomerId { get; init; }

    /// <summary>What it shows.</summary>
    public DocumentKind Kind { get; init; }

    /// <inheritdoc />
    public DateTimeOffset At { get; init; }

    /// <summary>The user who approved it.</summary>
    public Guid By { get; init; }

    // Not a member of its own: it would be told twice.
    Guid IEvent.AggregateId => DocumentId;
}
