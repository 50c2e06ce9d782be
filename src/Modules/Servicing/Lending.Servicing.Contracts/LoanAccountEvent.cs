using Lending.Kernel;

namespace Lending.Servicing.Contracts;

/// <summary>
/// What happened to a loan after its signature. Ids, days and ranges only, no personal data and no amounts: whoever needs more asks for it. Their names begin
/// with Loan; what the books replay is called without it.
/// </summary>
public abstract record LoanAccountEvent : IEvent
{
    /// <summary>The loan account.</summary>
    public Guid LoanAccountId { get; init; }

    /// <inheritdoc />
    public Guid OrganizationId { get; init; }

    /// <summary>The recorded event that it follows from; null where a day brought it about.</summary>
    public Guid? LoanEventId { get; init; }

    /// <inheritdoc />
    public DateTimeOffset At { get; init; }

    /// <summary>The id of the user who recorded it; empty for Lending itself.</summary>
    public Guid By { get; init; }

    // Not a member of its own: it would be told twice.
    Guid IEvent.AggregateId => LoanAccountId;
}

/// <summary>The loan, or a tranche of it, was paid out.</summary>
public sealed record LoanDisbursed : LoanAccountEvent;

/// <summary>The bank has sent the money of a payout, or of a credit that goes back: told once for each.</summary>
public sealed record LoanPayoutSettled : LoanAccountEvent;

/// <summary>The day of an instalment came, and something of it is unpaid.</summary>
public sealed record LoanInstalmentDue : LoanAccountEvent
{
    /// <summary>The day by which it is to be paid.</summary>
    public DateOnly DueOn { get; init; }
}

/// <summary>Money came in for the loan.</summary>
public sealed record LoanPaymentReceived : LoanAccountEvent;

/// <summary>The bank took a payment back, wholly or in part.</summary>
public sealed record LoanPaymentReturned : LoanAccountEvent
{
    /// <summary>The event that recorded the payment.</summary>
    public Guid PaymentId { get; init; }
}

/// <summary>What was recorded turned out wrong, and counts no longer.</summary>
public sealed record LoanEventReversed : LoanAccountEvent
{
    /// <summary>The event that was reversed.</summary>
    public Guid ReversedId { get; init; }
}

/// <summary>The borrower is late by another range of days than before.</summary>
public sealed record LoanArrearsChanged : LoanAccountEvent
{
    /// <summary>The range of days past due, such as <c>31-60</c>; null: nothing is overdue any more.</summary>
    public string? Bucket { get; init; }

    /// <summary>The range before; null: nothing was overdue.</summary>
    public string? PreviousBucket { get; init; }
}

/// <summary>The whole loan was called due (§ 498 BGB).</summary>
public sealed record LoanCalledDue : LoanAccountEvent;

/// <summary>Nothing is owed any more. What comes back later, or is reversed, opens the loan again.</summary>
public sealed record LoanSettled : LoanAccountEvent;
