using Lending.Applications.Contracts;

namespace Lending.Webhooks.Events;

/// <summary>Which application for a loan an event is about. Whoever needs more reads it over the API.</summary>
internal sealed record ApplicationEventData
{
    /// <summary>The application.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid ApplicationId { get; init; }

    /// <summary>The customer who applies, or the first of two.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
    public required Guid CustomerId { get; init; }

    /// <summary>The user who did it; null where it was Lending itself.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13</example>
    public required Guid? UserId { get; init; }

    /// <summary>Of a decision, what the application is now: `APPROVED`, `CONDITIONAL`, `IN_REVIEW` or `DECLINED`; else null.</summary>
    /// <example>APPROVED</example>
    public required string? Status { get; init; }

    public static ApplicationEventData Of(ApplicationEvent happened) =>
        new()
        {
            ApplicationId = happened.ApplicationId,
            CustomerId = happened.CustomerId,
            UserId = happened.By == Guid.Empty ? null : happened.By,
            Status = (happened as DecisionMade)?.Status,
        };
}
