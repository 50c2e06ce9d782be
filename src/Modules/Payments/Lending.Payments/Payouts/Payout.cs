using Lending.Kernel;
using Lending.Payments.Payees;
using Lending.Payments.Sepa;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Servicing.Contracts;

namespace Lending.Payments.Payouts;

/// <summary>What became of a transfer.</summary>
internal enum PayoutStatus
{
    /// <summary>Its run waits to be released.</summary>
    Planned,

    /// <summary>It is at the bank.</summary>
    Sent,

    /// <summary>The bank has sent the money.</summary>
    Settled,

    /// <summary>The bank did not carry it out: another run may.</summary>
    Rejected,

    /// <summary>The money came back: another run may send it.</summary>
    Returned,

    /// <summary>It never went to the bank.</summary>
    Cancelled,
}

/// <summary>One transfer to a payee, of money that the books of a loan say has gone out.</summary>
internal sealed class Payout : ITenantOwned, IListed
{
    public const int EndToEndIdLength = 33;
    public const int MaximumPartIdLength = 35;
    public const int MaximumReasonLength = 35;

    private Payout() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid PayoutRunId { get; private init; }

    public Guid PayeeAccountId { get; private init; }

    /// <summary>The event of the loan account by which it is in the books.</summary>
    public Guid LoanEventId { get; private init; }

    public Guid LoanAccountId { get; private init; }

    public Guid CustomerId { get; private init; }

    /// <summary>Whether it is a credit that goes back to the borrower.</summary>
    public bool IsRefund { get; private init; }

    [NotPersonal]
    public DateOnly ExecuteOn { get; private init; }

    public decimal Amount { get; private init; }

    /// <summary>What the bank names it by.</summary>
    [NotPersonal]
    public string EndToEndId { get; private init; } = "";

    /// <summary>The part of the file in which it is: banks may book that as one.</summary>
    [NotPersonal]
    public string PartId { get; private init; } = "";

    public PayoutStatus Status { get; private set; }

    /// <summary>The bank's reason for a failure.</summary>
    [NotPersonal]
    public string? ReasonCode { get; private set; }

    /// <summary>The day on which the bank has sent it, as it told.</summary>
    [NotPersonal]
    public DateOnly? SettledOn { get; private set; }

    [NotPersonal]
    public DateOnly? FailedOn { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    public static Payout Create(PayoutRun run, PayeeAccount payee, OutgoingMoney money, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        return new()
        {
            Id = id,
            PayoutRunId = run.Id,
            PayeeAccountId = payee.Id,
            LoanEventId = money.LoanEventId,
            LoanAccountId = money.LoanAccountId,
            CustomerId = money.CustomerId,
            IsRefund = money.IsRefund,
            ExecuteOn = run.ExecuteOn,
            Amount = money.Amount,
            EndToEndId = $"P{id:N}",
            PartId = CreditTransferFile.PartId(run.MessageId, run.ExecuteOn),
            CreatedAt = now,
        };
    }

    /// <summary>
    /// Why this money does not go to this account, or null. A loan goes to its borrower or to the installer who offered it, a credit to the borrower alone. An account
    /// that names no installer is of before they were named, or shared: any installer's loan may go to it.
    /// </summary>
    public static Error? FindObstacleOf(OutgoingMoney money, PayeeAccount payee) =>
        payee.Status != PayeeAccountStatus.Verified ? PayoutErrors.PayeeNotVerified
        : money.Currency != "EUR" ? PayoutErrors.NotEuro
        : payee.CustomerId is null ? FindObstacleOfInstaller(money, payee)
        : payee.CustomerId == money.CustomerId ? null
        : PayoutErrors.OtherPayee;

    private static Error? FindObstacleOfInstaller(OutgoingMoney money, PayeeAccount payee) =>
        money.IsRefund ? PayoutErrors.OtherPayee
        : payee.InstallerId is null || payee.InstallerId == money.InstallerId ? null
        : PayoutErrors.OtherInstaller;

    /// <summary>It goes to the bank.</summary>
    public void Send() => Status = PayoutStatus.Sent;

    /// <summary>It does not go to the bank.</summary>
    public void Cancel() => Status = PayoutStatus.Cancelled;

    /// <summary>The bank has sent the money. Answers whether that is news.</summary>
    public bool Settle(DateOnly on)
    {
        if (Status != PayoutStatus.Sent)
        {
            return false;
        }
        (Status, SettledOn) = (PayoutStatus.Settled, on);
        return true;
    }

    /// <summary>The bank does not carry it out.</summary>
    public void Reject(string? reasonCode, DateOnly on) => (Status, ReasonCode, FailedOn) = (PayoutStatus.Rejected, reasonCode, on);

    /// <summary>The money came back.</summary>
    public void Return(string? reasonCode, DateOnly on) => (Status, ReasonCode, FailedOn) = (PayoutStatus.Returned, reasonCode, on);

    public CreditTransfer ToTransfer(PayeeAccount payee) => new(EndToEndId, ExecuteOn, Amount, payee.ToParty(), Remittance);

    // German and English, as the organisation's and the payee's languages may differ.
    private string Remittance =>
        IsRefund ? $"Guthaben / credit of loan {LoanAccountId}" : $"Auszahlung Kredit / payout of loan {LoanAccountId}";
}
