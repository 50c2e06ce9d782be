using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Servicing.Disbursements;

/// <summary>How far a payout has got.</summary>
internal enum DisbursementStatus
{
    /// <summary>Somebody asked for it, and nobody decided on it.</summary>
    Requested,

    /// <summary>Somebody else confirmed it, and it is in the books.</summary>
    Confirmed,

    /// <summary>It was turned down, or taken back.</summary>
    Rejected,
}

/// <summary>A payout of a loan or a tranche that one person asks for and another one confirms. Confirmed, it is an event of its account with the same id.</summary>
internal sealed class Disbursement : ITenantOwned, IListed
{
    private Disbursement() { }

    public Disbursement(Guid id, Guid loanAccountId, DateOnly effectiveOn, decimal amount, UserReference by, DateTimeOffset now) =>
        (Id, LoanAccountId, EffectiveOn, Amount, RequestedBy, CreatedAt) = (id, loanAccountId, effectiveOn, amount, by, now);

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid LoanAccountId { get; private init; }

    /// <summary>The day on which the money goes out.</summary>
    [NotPersonal]
    public DateOnly EffectiveOn { get; private init; }

    public decimal Amount { get; private init; }

    public DisbursementStatus Status { get; private set; }

    public UserReference RequestedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Who confirmed or rejected it; null until then.</summary>
    public Guid? DecidedById { get; private set; }

    /// <summary>What they were called then.</summary>
    [Personal]
    public string? DecidedByUsername { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>The row's version (xmin): of two who decide at once, one is refused.</summary>
    public uint RowVersion { get; private set; }

    /// <summary>Whether another one is the same, sent again.</summary>
    public bool Says(Disbursement other) => (LoanAccountId, EffectiveOn, Amount) == (other.LoanAccountId, other.EffectiveOn, other.Amount);

    /// <summary>Lets the money go. Not for whoever asked for it.</summary>
    public Error? Confirm(UserReference by, DateTimeOffset now) =>
        by.Id == RequestedBy.Id ? DisbursementErrors.SecondPersonRequired : Decide(DisbursementStatus.Confirmed, by, now);

    /// <summary>Turns it down; who asked for it takes it back so.</summary>
    public Error? Reject(UserReference by, DateTimeOffset now) => Decide(DisbursementStatus.Rejected, by, now);

    private Error? Decide(DisbursementStatus status, UserReference by, DateTimeOffset now)
    {
        if (Status != DisbursementStatus.Requested)
        {
            return DisbursementErrors.Decided;
        }
        (Status, DecidedById, DecidedByUsername, DecidedAt) = (status, by.Id, by.Username, now);
        return null;
    }
}

/// <summary>The ways in which requests about payouts can fail.</summary>
internal static class DisbursementErrors
{
    public static readonly Error BeforeAcceptance = Error.Validation(
        "before-acceptance",
        "It lies before the day on which the offer was accepted.",
        "effectiveOn"
    );

    public static readonly Error TooFarAhead = Error.Validation("too-far-ahead", "It lies more than two years ahead.", "effectiveOn");

    public static readonly Error SecondPersonRequired = Error.Forbidden(
        "second-person-required",
        "Whoever asked for the payout does not confirm it."
    );

    public static readonly Error Decided = Error.Conflict("disbursement-decided", "It was confirmed, rejected or taken back already.");

    public static readonly Error NotPayable = Error.Conflict(
        "payout-not-allowed",
        "The customer has withdrawn, or still can and the organisation does not pay out before."
    );
}
