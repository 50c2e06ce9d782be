using Lending.Payments.Mandates;
using Lending.Payments.Sepa;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Servicing.Contracts;

namespace Lending.Payments.Collections;

/// <summary>What became of a debit.</summary>
internal enum CollectionStatus
{
    /// <summary>Its run waits to be released.</summary>
    Planned,

    /// <summary>It is at the bank.</summary>
    Sent,

    /// <summary>The money came. It may be taken back for 13 months.</summary>
    Paid,

    /// <summary>The bank did not carry it out.</summary>
    Rejected,

    /// <summary>The money went back.</summary>
    Returned,

    /// <summary>It never went to the bank, or the bank refused the whole file.</summary>
    Cancelled,
}

/// <summary>One attempt to collect an instalment, with what is owed beside it.</summary>
internal sealed class Collection : ITenantOwned, IListed
{
    public const int EndToEndIdLength = 33;
    public const int MaximumPartIdLength = 35;

    private Collection() { }

    /// <summary>The id, which the payment at Servicing has as well: it is recorded once, however often the bank tells of it.</summary>
    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid CollectionRunId { get; private init; }

    public Guid MandateId { get; private init; }

    public Guid LoanAccountId { get; private init; }

    public Guid CustomerId { get; private init; }

    /// <summary>The due date of the instalment.</summary>
    [NotPersonal]
    public DateOnly DueOn { get; private init; }

    /// <summary>1, 2, … of this instalment.</summary>
    public int Attempt { get; private init; }

    [NotPersonal]
    public DateOnly CollectOn { get; private init; }

    public decimal Amount { get; private set; }

    public SequenceType Sequence { get; private init; }

    /// <summary>What the bank names it by.</summary>
    [NotPersonal]
    public string EndToEndId { get; private init; } = "";

    /// <summary>The part of the file in which it is: banks book that as one.</summary>
    [NotPersonal]
    public string PartId { get; private init; } = "";

    public CollectionStatus Status { get; private set; }

    /// <summary>The bank's reason for a failure.</summary>
    [NotPersonal]
    public string? ReasonCode { get; private set; }

    /// <summary>Whether it may be tried again after it failed.</summary>
    public bool MayRetry { get; private set; }

    [NotPersonal]
    public DateOnly? FailedOn { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    /// <summary>Whether the instalment is not to be collected with this mandate, because of this debit. One that failed says nothing of another mandate.</summary>
    public bool HoldsInstalmentOf(Mandate mandate) =>
        Status switch
        {
            CollectionStatus.Cancelled => false,
            CollectionStatus.Rejected or CollectionStatus.Returned => !MayRetry && MandateId == mandate.Id,
            _ => true,
        };

    public static Collection Create(
        CollectionRun run,
        Mandate mandate,
        DueInstalment due,
        int attempt,
        SequenceType sequence,
        DateTimeOffset now
    )
    {
        var id = Guid.CreateVersion7(now);
        return new()
        {
            Id = id,
            CollectionRunId = run.Id,
            MandateId = mandate.Id,
            LoanAccountId = due.LoanAccountId,
            CustomerId = mandate.CustomerId,
            DueOn = due.DueOn,
            Attempt = attempt,
            CollectOn = run.CollectOn,
            Amount = due.Total,
            Sequence = sequence,
            EndToEndId = $"E{id:N}",
            PartId = DirectDebitFile.PartId(run.MessageId, run.CollectOn, sequence),
            CreatedAt = now,
        };
    }

    /// <summary>A part of it was paid since, before the customer was told an amount: only the rest is collected.</summary>
    public void LowerTo(decimal owed) => Amount = Math.Min(Amount, owed);

    /// <summary>It goes to the bank.</summary>
    public void Send() => Status = CollectionStatus.Sent;

    /// <summary>It does not go to the bank, or the bank has refused the file.</summary>
    public void Cancel(string? reasonCode = null) => (Status, ReasonCode) = (CollectionStatus.Cancelled, reasonCode);

    /// <summary>The money came.</summary>
    public void Settle() => Status = CollectionStatus.Paid;

    /// <summary>The bank does not carry it out, or the money went back. Answers what is done about it.</summary>
    public ReturnAction Fail(CollectionStatus status, string? reasonCode, DateOnly on)
    {
        var action = ReturnPolicy.For(reasonCode, Attempt, CollectOn, on);
        (Status, ReasonCode, FailedOn, MayRetry) = (status, reasonCode, on, action == ReturnAction.Retry);
        return action;
    }

    public DirectDebit ToDebit(Mandate mandate, string remittance) =>
        new(EndToEndId, CollectOn, Sequence, Amount, mandate.Reference, mandate.SignedOn, mandate.ToParty(), remittance);
}
