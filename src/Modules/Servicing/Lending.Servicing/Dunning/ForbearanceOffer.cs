using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Servicing.Dunning;

/// <summary>What a lender may offer to a borrower who cannot pay (Directive (EU) 2023/2225, Art. 35).</summary>
internal enum ForbearanceKind
{
    /// <summary>More time to repay.</summary>
    LongerTerm,

    /// <summary>Instalments are paid later.</summary>
    Deferral,

    /// <summary>Another rate.</summary>
    LowerRate,

    /// <summary>No instalments for a while.</summary>
    PaymentPause,

    /// <summary>Smaller instalments for a while.</summary>
    PartialRepayment,

    /// <summary>A part is given up.</summary>
    PartialWaiver,

    /// <summary>Another loan takes the place of this one.</summary>
    Refinancing,

    /// <summary>None suits this borrower; why is in the file.</summary>
    NoneSuits,
}

/// <summary>That forbearance was offered, before anything is enforced. Recorded once, never changed.</summary>
internal sealed class ForbearanceOffer : ITenantOwned, IListed, IAppendOnly
{
    public const int MaximumMonths = 120;

    private ForbearanceOffer() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid LoanAccountId { get; private init; }

    public ForbearanceKind Kind { get; private init; }

    [NotPersonal]
    public DateOnly OfferedOn { get; private init; }

    /// <summary>For how many months, or how many more; null where that is no part of it. No words: they would be about a person.</summary>
    public int? Months { get; private init; }

    public UserReference CreatedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    public static ForbearanceOffer Of(
        Guid id,
        Guid loanAccountId,
        ForbearanceKind kind,
        DateOnly offeredOn,
        int? months,
        UserReference by,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = id,
            LoanAccountId = loanAccountId,
            Kind = kind,
            OfferedOn = offeredOn,
            Months = months,
            CreatedBy = by,
            CreatedAt = now,
        };

    /// <summary>Whether another one is the same, sent again.</summary>
    public bool Says(ForbearanceOffer other) =>
        (LoanAccountId, Kind, OfferedOn, Months) == (other.LoanAccountId, other.Kind, other.OfferedOn, other.Months);
}
