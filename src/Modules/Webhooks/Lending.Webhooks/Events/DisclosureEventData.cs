using Lending.Disclosures.Contracts;

namespace Lending.Webhooks.Events;

/// <summary>Which pre-contractual information an event is about. Whoever needs more reads it over the API.</summary>
internal sealed record DisclosureEventData
{
    /// <summary>What was given.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b14</example>
    public required Guid DisclosureId { get; init; }

    /// <summary>The offer that it is about.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid OfferId { get; init; }

    /// <summary>The customer.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
    public required Guid CustomerId { get; init; }

    /// <summary>The user who gave it.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13</example>
    public required Guid UserId { get; init; }

    public static DisclosureEventData Of(DisclosureIssued happened) =>
        new()
        {
            DisclosureId = happened.DisclosureId,
            OfferId = happened.OfferId,
            CustomerId = happened.CustomerId,
            UserId = happened.By,
        };
}
