namespace Lending.Payments.Sepa;

/// <summary>What sort of file a bank has sent.</summary>
public enum BankFileKind
{
    /// <summary>What is in the books of the account: camt.053.</summary>
    Statement,

    /// <summary>A notice of what was booked, with details that the statement may lack: camt.054.</summary>
    Notification,

    /// <summary>What became of a file that was handed in: pain.002.</summary>
    StatusReport,
}

/// <summary>A file of a bank, as far as it is used.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="MessageId">The bank's id of it.</param>
/// <param name="Statements">The statements or notices in it.</param>
/// <param name="Reports">What the bank says of files that were handed in.</param>
public sealed record BankFile(
    BankFileKind Kind,
    string MessageId,
    IReadOnlyList<BankStatement> Statements,
    IReadOnlyList<PaymentReport> Reports
);

/// <summary>A statement of an account, or a notice about it.</summary>
/// <param name="Id">The bank's id of it.</param>
/// <param name="Account">The account's number.</param>
/// <param name="Page">Which page of it: 1, 2, …. Each page counts its entries anew.</param>
/// <param name="Lines">What was booked, one line for each payment, in the file's order. What is only announced is left out.</param>
public sealed record BankStatement(string Id, string Account, int Page, IReadOnlyList<StatementLine> Lines);

/// <summary>One payment that was booked: a detail of an entry, or the entry where it has none.</summary>
/// <param name="Entry">Which entry of the page it belongs to: 1, 2, ….</param>
/// <param name="Detail">Which detail of the entry it is: 1, 2, …; 0 is the entry as a whole.</param>
/// <param name="BankReference">The bank's own reference of the entry.</param>
/// <param name="EntryAmount">The amount of the whole entry, positive for money that came.</param>
/// <param name="Amount">Its own amount as it was booked, positive for money that came.</param>
/// <param name="Currency">The currency's code.</param>
/// <param name="BookedOn">The day of the books.</param>
/// <param name="ValueOn">From when on it counts for interest.</param>
public sealed record StatementLine(
    int Entry,
    int Detail,
    string? BankReference,
    decimal EntryAmount,
    decimal Amount,
    string Currency,
    DateOnly BookedOn,
    DateOnly ValueOn
)
{
    /// <summary>What who began the payment named it.</summary>
    public string? EndToEndId { get; init; }

    /// <summary>The part of a file of ours that it is, where the bank books that as one.</summary>
    public string? PartId { get; init; }

    /// <summary>How many payments it stands for, where it stands for several.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The reference of ISO 11649 in it, whether it stands in its place or in a text.</summary>
    public string? Reference { get; init; }

    /// <summary>What the other side wrote.</summary>
    public string? Remittance { get; init; }

    /// <summary>The name of the other side.</summary>
    public string? PartyName { get; init; }

    /// <summary>The account of the other side.</summary>
    public string? PartyIban { get; init; }

    /// <summary>Why it came back, such as <c>AM04</c>.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Whether it is a payment that came back.</summary>
    public bool IsReturn { get; init; }
}

/// <summary>What became of a payment that was handed in.</summary>
public enum PaymentOutcome
{
    /// <summary>The bank does not carry it out: RJCT.</summary>
    Rejected,

    /// <summary>It is carried out, and final: ACSC or ACCC.</summary>
    Settled,
}

/// <summary>What a bank says of a payment that was handed in.</summary>
/// <param name="OriginalMessageId">The file in which it was handed in.</param>
/// <param name="OriginalPartId">The part of the file; null: all of it.</param>
/// <param name="EndToEndId">The payment; null: all of the part.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="ReasonCode">Why it is not carried out.</param>
public sealed record PaymentReport(
    string OriginalMessageId,
    string? OriginalPartId,
    string? EndToEndId,
    PaymentOutcome Outcome,
    string? ReasonCode
);

/// <summary>A file that is none of those that are understood, or is broken.</summary>
/// <param name="message">What is wrong with it, without anything that stands in it.</param>
/// <param name="innerException">What was found.</param>
public sealed class BankFileException(string message, Exception? innerException = null) : Exception(message, innerException);
