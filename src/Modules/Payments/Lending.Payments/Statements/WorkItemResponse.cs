namespace Lending.Payments.Statements;

/// <summary>Something about money at banks that a person has to look at, or has looked at.</summary>
internal sealed record WorkItemResponse
{
    /// <summary>The id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>Why a person has to look at it.</summary>
    /// <example>UNMATCHED_CREDIT</example>
    public required WorkItemKind Kind { get; init; }

    /// <summary>What was found: a code such as `no-match`, `amount-differs` or `several-accounts`, or the bank's reason.</summary>
    /// <example>no-match</example>
    public required string Explanation { get; init; }

    /// <summary>Whether a person has looked at it.</summary>
    /// <example>OPEN</example>
    public required WorkItemStatus Status { get; init; }

    /// <summary>The debit that failed.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
    public required Guid? CollectionId { get; init; }

    /// <summary>The payout that did not arrive.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b15</example>
    public required Guid? PayoutId { get; init; }

    /// <summary>The payment by card.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b15</example>
    public required Guid? CardPaymentId { get; init; }

    /// <summary>The loan account of the debit, payout or payment by card, or on which the money was booked.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13</example>
    public required Guid? LoanAccountId { get; init; }

    /// <summary>Loan accounts for which the money may be.</summary>
    public required IReadOnlyList<Guid> SuggestedLoanAccountIds { get; init; }

    /// <summary>What the bank has booked.</summary>
    public required BankLineResponse? BankLine { get; init; }

    /// <summary>Why it was dismissed.</summary>
    /// <example>Transfer between our own accounts</example>
    public required string? DismissalReason { get; init; }

    /// <summary>When it was resolved.</summary>
    /// <example>2027-01-05T09:30:00Z</example>
    public required DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>When it was made.</summary>
    /// <example>2027-01-05T06:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    public static WorkItemResponse Of(WorkItem item, BankLine? line) =>
        new()
        {
            Id = item.Id,
            Kind = item.Kind,
            Explanation = item.Explanation,
            Status = item.Status,
            CollectionId = item.CollectionId,
            PayoutId = item.PayoutId,
            CardPaymentId = item.CardPaymentId,
            LoanAccountId = item.LoanAccountId,
            SuggestedLoanAccountIds = item.SuggestedLoanAccountIds,
            BankLine = line is null ? null : BankLineResponse.Of(line),
            DismissalReason = item.DismissalReason,
            ResolvedAt = item.ResolvedAt,
            CreatedAt = item.CreatedAt,
        };
}

/// <summary>A payment that a bank has booked.</summary>
internal sealed record BankLineResponse
{
    /// <summary>The id; the payment of the loan account has the same.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b14</example>
    public required Guid Id { get; init; }

    /// <summary>The amount, positive for money that came.</summary>
    /// <example>290.00</example>
    public required decimal Amount { get; init; }

    /// <summary>The currency.</summary>
    /// <example>EUR</example>
    public required string Currency { get; init; }

    /// <summary>The day of the books.</summary>
    /// <example>2027-01-04</example>
    public required DateOnly BookedOn { get; init; }

    /// <summary>The name of the other side.</summary>
    /// <example>Erika Muster</example>
    public required string? PartyName { get; init; }

    /// <summary>The account of the other side, masked.</summary>
    /// <example>DE89…3000</example>
    public required string? PartyIban { get; init; }

    /// <summary>What the other side wrote.</summary>
    /// <example>Rate Januar</example>
    public required string? Remittance { get; init; }

    /// <summary>The structured reference that stands in it.</summary>
    /// <example>RF12LN0123456789ABCD</example>
    public required string? Reference { get; init; }

    /// <summary>Why it came back.</summary>
    /// <example>AM04</example>
    public required string? ReasonCode { get; init; }

    public static BankLineResponse Of(BankLine line) =>
        new()
        {
            Id = line.Id,
            Amount = line.Amount,
            Currency = line.Currency,
            BookedOn = line.BookedOn,
            PartyName = line.PartyName?.Text,
            PartyIban = line.PartyIban is { Text.Length: > 8 } iban ? Sepa.Iban.Mask(iban.Text) : null,
            Remittance = line.Remittance?.Text,
            Reference = line.Reference,
            ReasonCode = line.ReasonCode,
        };
}
