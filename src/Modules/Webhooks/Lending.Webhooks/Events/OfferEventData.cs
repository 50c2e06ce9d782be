using Lending.Loans.Contracts;

namespace Lending.Webhooks.Events;

/// <summary>Which offer an event is about. Whoever needs more reads it over the API.</summary>
internal sealed record OfferEventData
{
    /// <summary>The offer.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid OfferId { get; init; }

    /// <summary>The customer to whom it is made.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
    public required Guid CustomerId { get; init; }

    /// <summary>The user who did it; null where it was Lending itself, or a customer who came over a link.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13</example>
    public required Guid? UserId { get; init; }

    public static OfferEventData Of(LoanOfferEvent happened) =>
        new()
        {
            OfferId = happened.OfferId,
            CustomerId = happened.CustomerId,
            UserId = happened.By == Guid.Empty ? null : happened.By,
        };
}
