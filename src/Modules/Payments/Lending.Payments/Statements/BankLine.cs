using Lending.Payments.Sepa;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Payments.Statements;

/// <summary>What became of a line of a statement.</summary>
internal enum BankLineStatus
{
    /// <summary>It was read, and nothing was done about it yet.</summary>
    New,

    /// <summary>It is booked on loan accounts.</summary>
    Booked,

    /// <summary>A person has to look at it: there is a work item.</summary>
    Open,

    /// <summary>A person has decided that it is booked on no loan account.</summary>
    Dismissed,

    /// <summary>It was booked from another file of the bank, which told of it before.</summary>
    Known,
}

/// <summary>One payment that a bank has booked, as its file tells it. It is kept as it came; only what became of it changes.</summary>
internal sealed class BankLine : ITenantOwned, IListed
{
    public const int MaximumIdLength = BankFileReader.MaximumIdCharacters;

    private BankLine() { }

    /// <summary>The id, which the payment at Servicing has as well: it is recorded once.</summary>
    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid BankStatementFileId { get; private init; }

    public BankFileKind Source { get; private init; }

    /// <summary>The organisation's own account.</summary>
    [NotPersonal]
    public string Account { get; private init; } = "";

    [NotPersonal]
    public string StatementId { get; private init; } = "";

    /// <summary>Which page of the statement it stands on.</summary>
    public int Page { get; private init; }

    public int Entry { get; private init; }

    public int Detail { get; private init; }

    [NotPersonal]
    public string? BankReference { get; private init; }

    public decimal EntryAmount { get; private init; }

    /// <summary>Positive for money that came.</summary>
    public decimal Amount { get; private init; }

    [NotPersonal]
    public string Currency { get; private init; } = "";

    [NotPersonal]
    public DateOnly BookedOn { get; private init; }

    [NotPersonal]
    public DateOnly ValueOn { get; private init; }

    [NotPersonal]
    public string? EndToEndId { get; private init; }

    [NotPersonal]
    public string? PartId { get; private init; }

    /// <summary>How many payments it stands for.</summary>
    public int PaymentCount { get; private init; }

    [NotPersonal]
    public string? Reference { get; private init; }

    [NotPersonal]
    public string? ReasonCode { get; private init; }

    public bool IsReturn { get; private init; }

    [Personal]
    public Encrypted? PartyName { get; private init; }

    [Personal]
    public Encrypted? PartyIban { get; private init; }

    [Personal]
    public Encrypted? Remittance { get; private init; }

    public BankLineStatus Status { get; private set; }

    /// <summary>The loan account on which it is booked; null for a batch of several.</summary>
    public Guid? LoanAccountId { get; private set; }

    /// <summary>Whose loan that is.</summary>
    public Guid? CustomerId { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    public static BankLine Create(BankStatementFile file, BankStatement statement, StatementLine line) =>
        new()
        {
            Id = Guid.CreateVersion7(file.CreatedAt),
            BankStatementFileId = file.Id,
            Source = file.Kind,
            Account = statement.Account,
            StatementId = statement.Id,
            Page = statement.Page,
            Entry = line.Entry,
            Detail = line.Detail,
            BankReference = line.BankReference,
            EntryAmount = line.EntryAmount,
            Amount = line.Amount,
            Currency = line.Currency,
            BookedOn = line.BookedOn,
            ValueOn = line.ValueOn,
            EndToEndId = line.EndToEndId,
            PartId = line.PartId,
            PaymentCount = line.Count,
            Reference = line.Reference,
            ReasonCode = line.ReasonCode,
            IsReturn = line.IsReturn,
            PartyName = line.PartyName,
            PartyIban = line.PartyIban,
            Remittance = line.Remittance,
            CreatedAt = file.CreatedAt,
        };

    /// <summary>Where it stands in what the bank sends: nothing else stands there.</summary>
    public (string Account, string StatementId, int Page, int Entry, int Detail) Place => (Account, StatementId, Page, Entry, Detail);

    /// <summary>Whether another one, of the same place, tells of the same payment.</summary>
    public bool SaysTheSameAs(BankLine other) =>
        (Amount, Currency, BookedOn, ValueOn, EndToEndId, Reference)
            == (other.Amount, other.Currency, other.BookedOn, other.ValueOn, other.EndToEndId, other.Reference)
        && (BankReference, PartyIban?.Text, Remittance?.Text) == (other.BankReference, other.PartyIban?.Text, other.Remittance?.Text);

    /// <summary>It is booked on this loan account, or on several.</summary>
    public void Book(Guid? loanAccountId, Guid? customerId) =>
        (Status, LoanAccountId, CustomerId) = (BankLineStatus.Booked, loanAccountId, customerId);

    public void LeaveToPerson() => Status = BankLineStatus.Open;

    public void Dismiss() => Status = BankLineStatus.Dismissed;

    public void IsKnown() => Status = BankLineStatus.Known;
}
