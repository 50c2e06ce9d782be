namespace Lending.Loans.Contracts;

/// <summary>What customers accepted, for whoever services the loans.</summary>
public interface IAcceptedOffers
{
    /// <summary>What was accepted, as it was frozen then; null for an offer that was never accepted, or another organisation's.</summary>
    Task<AcceptedOffer?> FindAsync(Guid offerId, CancellationToken ct);

    /// <summary>
    /// For which of these offers money may go out: nobody withdrew, and the withdrawal period is over or the organisation pays out before. It stays so until the
    /// caller's transaction ends: who withdraws at the same moment comes before or after it.
    /// </summary>
    Task<IReadOnlySet<Guid>> HoldPayableAsync(IReadOnlyCollection<Guid> offerIds, CancellationToken ct);
}

/// <summary>An offer as it was accepted.</summary>
public sealed record AcceptedOffer
{
    /// <summary>The offer.</summary>
    public required Guid OfferId { get; init; }

    /// <summary>Whose loan it is.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The user who made the offer: mostly an installer.</summary>
    public required Guid OfferedById { get; init; }

    /// <summary>The product with which it was made; null without one.</summary>
    public AcceptedProduct? Product { get; init; }

    /// <summary>Who borrows, as the law tells them apart.</summary>
    public required BorrowerKind BorrowerKind { get; init; }

    /// <summary>Whether land or a right equal to it secures the loan.</summary>
    public required bool IsSecuredByLand { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Currency { get; init; }

    /// <summary>What is repaid with interest: the loan amount and a financed fee.</summary>
    public required decimal AmountOwed { get; init; }

    /// <summary>The part of it that is a fee.</summary>
    public required decimal FinancedFee { get; init; }

    /// <summary>The part of it that the dealer leaves to the lender.</summary>
    public required decimal DealerFee { get; init; }

    /// <summary>What is paid on the day of the payout.</summary>
    public required decimal UpfrontFee { get; init; }

    /// <summary>What is paid beside each instalment.</summary>
    public required decimal MonthlyFee { get; init; }

    /// <summary>The nominal annual rate.</summary>
    public required decimal AnnualRatePercent { get; init; }

    /// <summary>The name of the day count.</summary>
    public required string DayCount { get; init; }

    /// <summary>The day of the payout as it was planned: the first interest runs from it.</summary>
    public required DateOnly PlannedPayoutOn { get; init; }

    /// <summary>The instalments, in order.</summary>
    public required IReadOnlyList<AcceptedInstalment> Instalments { get; init; }

    /// <summary>When the customer accepted it.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The day of the payout as it really was; null until then.</summary>
    public required DateOnly? DisbursedOn { get; init; }
}

/// <summary>Who borrows.</summary>
public enum BorrowerKind
{
    /// <summary>A natural person for purposes that are mostly no business of theirs (§ 13 BGB).</summary>
    Consumer,

    /// <summary>Anybody else (§ 14 BGB).</summary>
    Business,
}

/// <summary>A product as an offer was made with it.</summary>
/// <param name="Id">The product.</param>
/// <param name="Version">Its version: 1, 2, ….</param>
public sealed record AcceptedProduct(Guid Id, int Version);

/// <summary>An instalment as it was accepted.</summary>
/// <param name="DueOn">The day by which it is paid.</param>
/// <param name="Principal">What it repays.</param>
/// <param name="Interest">Its interest.</param>
public sealed record AcceptedInstalment(DateOnly DueOn, decimal Principal, decimal Interest);
