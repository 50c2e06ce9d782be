using Lending.Servicing.Contracts;

namespace Lending.Webhooks.Events;

/// <summary>Which loan account an event is about. Whoever needs more reads it over the API.</summary>
internal sealed record LoanEventData
{
    /// <summary>The loan account.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid LoanAccountId { get; init; }

    /// <summary>The recorded event that it follows from; null where a day brought it about.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b14</example>
    public required Guid? LoanEventId { get; init; }

    /// <summary>The payment that the bank took back, or the event that was reversed; null for all others.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b15</example>
    public required Guid? RelatedEventId { get; init; }

    /// <summary>The user who recorded it; null where it was Lending itself.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13</example>
    public required Guid? UserId { get; init; }

    public static LoanEventData Of(LoanAccountEvent happened) =>
        new()
        {
            LoanAccountId = happened.LoanAccountId,
            LoanEventId = happened.LoanEventId,
            RelatedEventId = happened switch
            {
                LoanPaymentReturned returned => returned.PaymentId,
                LoanEventReversed reversal => reversal.ReversedId,
                _ => null,
            },
            UserId = happened.By == Guid.Empty ? null : happened.By,
        };
}

/// <summary>Which instalment became due.</summary>
internal sealed record InstalmentDueData
{
    /// <summary>The loan account.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid LoanAccountId { get; init; }

    /// <summary>The day by which it is to be paid.</summary>
    /// <example>2026-12-01</example>
    public required DateOnly DueOn { get; init; }

    public static InstalmentDueData Of(LoanInstalmentDue happened) =>
        new() { LoanAccountId = happened.LoanAccountId, DueOn = happened.DueOn };
}

/// <summary>How late a borrower is.</summary>
internal sealed record ArrearsChangedData
{
    /// <summary>The loan account.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid LoanAccountId { get; init; }

    /// <summary>The range of days past due; null: nothing is overdue any more.</summary>
    /// <example>4-30</example>
    public required string? Bucket { get; init; }

    /// <summary>The range before; null: nothing was overdue.</summary>
    /// <example>1-3</example>
    public required string? PreviousBucket { get; init; }

    public static ArrearsChangedData Of(LoanArrearsChanged happened) =>
        new()
        {
            LoanAccountId = happened.LoanAccountId,
            Bucket = happened.Bucket,
            PreviousBucket = happened.PreviousBucket,
        };
}
