using Lending.Kernel;

namespace Lending.Servicing.Disbursements;

/// <summary>A payout of a loan or a tranche.</summary>
internal sealed record DisbursementResponse
{
    /// <summary>The id; confirmed, it is that of the account's event, too.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>The account.</summary>
    /// <example>0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a</example>
    public required Guid LoanAccountId { get; init; }

    /// <summary>The day on which the money goes out.</summary>
    /// <example>2026-12-20</example>
    public required DateOnly EffectiveOn { get; init; }

    /// <summary>How much it is, with fees that are a part of the principal.</summary>
    /// <example>12000.00</example>
    public required decimal Amount { get; init; }

    /// <summary>How far it has got.</summary>
    /// <example>REQUESTED</example>
    public required DisbursementStatus Status { get; init; }

    /// <summary>Who asked for it.</summary>
    public required UserReference RequestedBy { get; init; }

    /// <summary>When.</summary>
    /// <example>2026-12-18T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who confirmed, rejected or took it back; null until then.</summary>
    public required UserReference? DecidedBy { get; init; }

    /// <summary>When; null until then.</summary>
    /// <example>2026-12-18T10:15:00Z</example>
    public required DateTimeOffset? DecidedAt { get; init; }

    public static DisbursementResponse Of(Disbursement disbursement) =>
        new()
        {
            Id = disbursement.Id,
            LoanAccountId = disbursement.LoanAccountId,
            EffectiveOn = disbursement.EffectiveOn,
            Amount = disbursement.Amount,
            Status = disbursement.Status,
            RequestedBy = disbursement.RequestedBy,
            CreatedAt = disbursement.CreatedAt,
            DecidedBy = disbursement.DecidedById is { } id ? new UserReference(id, disbursement.DecidedByUsername!) : null,
            DecidedAt = disbursement.DecidedAt,
        };
}
