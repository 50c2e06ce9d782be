using Lending.Kernel;

namespace Lending.Applications.Contracts;

/// <summary>What happened to a loan application. Ids only, no personal data: whoever needs more asks for it.</summary>
public abstract record ApplicationEvent : IEvent
{
    /// <summary>The application.</summary>
    public Guid ApplicationId { get; init; }

    /// <inheritdoc />
    public Guid OrganizationId { get; init; }

    /// <summary>The customer who applies, or the first of two.</summary>
    public Guid CustomerId { get; init; }

    /// <inheritdoc />
    public DateTimeOffset At { get; init; }

    /// <summary>The id of the user who did it; empty for Lending itself.</summary>
    public Guid By { get; init; }

    // Not a member of its own: it would be told twice.
    Guid IEvent.AggregateId => ApplicationId;
}

/// <summary>An application was submitted: it can be decided on.</summary>
public sealed record ApplicationSubmitted : ApplicationEvent;

/// <summary>An application was decided on, by policy or by a person; or a person has to decide.</summary>
public sealed record DecisionMade : ApplicationEvent
{
    /// <summary>What the application is now: <c>APPROVED</c>, <c>CONDITIONAL</c>, <c>IN_REVIEW</c> or <c>DECLINED</c>.</summary>
    public string Status { get; init; } = "";
}

/// <summary>The customer asked that a person looks at a refusal.</summary>
public sealed record ReviewRequested : ApplicationEvent;
