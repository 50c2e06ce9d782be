using Lending.Kernel;
using Lending.Payments.Collections;
using Lending.Payments.Payouts;
using Lending.Payments.Sepa;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Payments.Statements;

/// <summary>Why a person has to look at something.</summary>
internal enum WorkItemKind
{
    /// <summary>Money came, and it is not known for which loan.</summary>
    UnmatchedCredit,

    /// <summary>Money went, and it is not known why.</summary>
    UnmatchedDebit,

    /// <summary>It is known for which loan it is, but cannot be booked there.</summary>
    BookingRefused,

    /// <summary>A debit failed for its account: the customer has to name another one, and sign a mandate.</summary>
    NewAccountNeeded,

    /// <summary>Somebody says that there was no mandate.</summary>
    LegalCase,

    /// <summary>A debit failed, and is not tried again.</summary>
    FailedDebit,

    /// <summary>A payout did not arrive: another run may pay it, or what came back is recorded as a payment.</summary>
    PayoutFailed,

    /// <summary>The bank refused a file, or a part of it: another run can collect its instalments, or pay its payouts.</summary>
    FileRejected,

    /// <summary>The holder of a card disputes a payment: answer at the provider, or accept it.</summary>
    CardDispute,
}

/// <summary>Whether a person has looked at it.</summary>
internal enum WorkItemStatus
{
    /// <summary>Nobody has.</summary>
    Open,

    /// <summary>The money was booked on a loan account.</summary>
    Assigned,

    /// <summary>It was done with for a reason.</summary>
    Dismissed,
}

/// <summary>Something about money at banks that a person has to look at.</summary>
internal sealed class WorkItem : ITenantOwned, IListed
{
    public const int MaximumExplanationLength = 50;
    public const int MaximumReasonLength = 500;

    private WorkItem() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public WorkItemKind Kind { get; private init; }

    /// <summary>What was found: a code of ours, or the bank's reason.</summary>
    [NotPersonal]
    public string Explanation { get; private init; } = "";

    public Guid? BankLineId { get; private init; }

    public Guid? CollectionId { get; private init; }

    public Guid? PayoutId { get; private init; }

    public Guid? CardPaymentId { get; private init; }

    public Guid? LoanAccountId { get; private set; }

    /// <summary>Loan accounts for which the money may be.</summary>
    [NotPersonal]
    public IReadOnlyList<Guid> SuggestedLoanAccountIds { get; private init; } = [];

    public WorkItemStatus Status { get; private set; }

    /// <summary>Why it was dismissed.</summary>
    [Personal]
    public string? DismissalReason { get; private set; }

    public UserReference ResolvedBy { get; private set; } = UserReference.Nobody;

    public DateTimeOffset? ResolvedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    /// <summary>About a line that is not booked.</summary>
    public static WorkItem OfLine(
        BankLine line,
        WorkItemKind kind,
        string explanation,
        IReadOnlyList<Guid> suggestions,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            Explanation = explanation,
            BankLineId = line.Id,
            SuggestedLoanAccountIds = suggestions,
            CreatedAt = now,
        };

    /// <summary>About a debit that failed; null where nothing is to be done about it but to try again.</summary>
    public static WorkItem? OfFailure(Collection collection, ReturnAction action, Guid? bankLineId, DateTimeOffset now) =>
        action == ReturnAction.Retry
            ? null
            : new()
            {
                Id = Guid.CreateVersion7(now),
                Kind = action switch
                {
                    ReturnAction.SuspendMandate => WorkItemKind.NewAccountNeeded,
                    ReturnAction.LegalCase => WorkItemKind.LegalCase,
                    _ => WorkItemKind.FailedDebit,
                },
                Explanation = collection.ReasonCode ?? "no-reason",
                BankLineId = bankLineId,
                CollectionId = collection.Id,
                LoanAccountId = collection.LoanAccountId,
                CreatedAt = now,
            };

    /// <summary>About a payout that did not arrive.</summary>
    public static WorkItem OfPayout(Payout payout, Guid? bankLineId, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Kind = WorkItemKind.PayoutFailed,
            Explanation = payout.ReasonCode ?? "no-reason",
            BankLineId = bankLineId,
            PayoutId = payout.Id,
            LoanAccountId = payout.LoanAccountId,
            CreatedAt = now,
        };

    /// <summary>About a file, or a part of one, that the bank refused.</summary>
    public static WorkItem OfRejectedFile(string? reasonCode, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Kind = WorkItemKind.FileRejected,
            Explanation = reasonCode ?? "no-reason",
            CreatedAt = now,
        };

    /// <summary>About a payment by card.</summary>
    public static WorkItem OfCardPayment(
        Guid cardPaymentId,
        Guid loanAccountId,
        WorkItemKind kind,
        string explanation,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            Explanation = explanation,
            CardPaymentId = cardPaymentId,
            LoanAccountId = loanAccountId,
            CreatedAt = now,
        };

    public Error? Assign(Guid loanAccountId, UserReference by, DateTimeOffset now)
    {
        if (Status != WorkItemStatus.Open)
        {
            return StatementErrors.ItemResolved;
        }
        (Status, LoanAccountId, ResolvedBy, ResolvedAt) = (WorkItemStatus.Assigned, loanAccountId, by, now);
        return null;
    }

    public Error? Dismiss(string reason, UserReference by, DateTimeOffset now)
    {
        if (Status != WorkItemStatus.Open)
        {
            return StatementErrors.ItemResolved;
        }
        (Status, DismissalReason, ResolvedBy, ResolvedAt) = (WorkItemStatus.Dismissed, reason, by, now);
        return null;
    }
}
