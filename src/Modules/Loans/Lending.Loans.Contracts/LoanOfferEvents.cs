using Lending.Kernel;

namespace Lending.Loans.Contracts;

/// <summary>What happened to a loan offer. Ids only, no personal data: whoever needs more asks for it.</summary>
public abstract record LoanOfferEvent : IEvent
{
    /// <summary>The offer.</summary>
    public Guid OfferId { get; init; }

    /// <inheritdoc />
    public Guid OrganizationId { get; init; }

    /// <summary>The customer to whom the offer is made.</summary>
    public Guid CustomerId { get; init; }

    /// <inheritdoc />
    public DateTimeOffset At { get; init; }

    /// <summary>The id of the user who did it; empty for Lending itself, and for a customer who came over a link.</summary>
    public Guid By { get; init; }

    // Not a member of its own: it would be told twice.
    Guid IEvent.AggregateId => OfferId;
}

/// <summary>An offer was made.</summary>
public sealed record LoanOfferCreated : LoanOfferEvent;

/// <summary>The organisation approved the offer: the customer may accept it.</summary>
public sealed record LoanOfferApproved : LoanOfferEvent;

/// <summary>The organisation rejected the offer.</summary>
public sealed record LoanOfferRejected : LoanOfferEvent;

/// <summary>The customer accepted the offer.</summary>
public sealed record LoanOfferAccepted : LoanOfferEvent;

/// <summary>The customer declined the offer.</summary>
public sealed record LoanOfferDeclined : LoanOfferEvent;

/// <summary>Nobody accepted the offer while it was valid.</summary>
public sealed record LoanOfferExpired : LoanOfferEvent;

/// <summary>The organisation took the offer back before it was accepted.</summary>
public sealed record LoanOfferCancelled : LoanOfferEvent;

/// <summary>The customer withdrew from the offer that they had accepted, before the payout or after it.</summary>
public sealed record LoanOfferWithdrawn : LoanOfferEvent;

/// <summary>The loan was paid out.</summary>
public sealed record LoanOfferDisbursed : LoanOfferEvent;

/// <summary>The customer can no longer withdraw from the offer, which is accepted or already paid out.</summary>
public sealed record LoanOfferWithdrawalPeriodEnded : LoanOfferEvent;
