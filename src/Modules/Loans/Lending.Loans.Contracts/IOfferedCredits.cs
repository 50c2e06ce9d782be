namespace Lending.Loans.Contracts;

/// <summary>What offers say, for whoever informs customers of it.</summary>
public interface IOfferedCredits
{
    /// <summary>What an offer says at present; null where there is none that the caller may see.</summary>
    Task<OfferedCredit?> FindAsync(Guid offerId, CancellationToken ct);

    /// <summary>
    /// The same, to be given to the customer: this version counts as seen from here on, so it is kept when the terms change. To be asked outside a
    /// transaction.
    /// </summary>
    Task<OfferedCredit?> GiveAsync(Guid offerId, CancellationToken ct);
}

/// <summary>A version of an offer with all of its figures. Amounts are in <see cref="Currency"/>.</summary>
public sealed record OfferedCredit
{
    /// <summary>The offer.</summary>
    public required Guid OfferId { get; init; }

    /// <summary>The number of the version.</summary>
    public required int Version { get; init; }

    /// <summary>The SHA-256 of everything that this version says, as 64 lower-case hexadecimal digits.</summary>
    public required string DocumentHash { get; init; }

    /// <summary>The customer to whom it is made.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The name of the organisation that offers the credit.</summary>
    public required string Lender { get; init; }

    /// <summary>Whether it can still come to an acceptance.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>The first moment at which it can no longer be accepted; null until it is approved.</summary>
    public required DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The first moment at which the customer can no longer withdraw; null until it is accepted.</summary>
    public required DateTimeOffset? WithdrawalEndsAt { get; init; }

    /// <summary>The currency's code.</summary>
    public required string Currency { get; init; }

    /// <summary>What the customer gets the use of; what the goods cost without the credit, too.</summary>
    public required decimal AmountOfCredit { get; init; }

    /// <summary>What is paid on the day of the payout.</summary>
    public required decimal UpfrontFee { get; init; }

    /// <summary>The part of what is repaid that is a fee.</summary>
    public required decimal FinancedFee { get; init; }

    /// <summary>What is paid beside each instalment.</summary>
    public required decimal MonthlyFee { get; init; }

    /// <summary>The part of what is repaid that the dealer leaves to the lender.</summary>
    public required decimal DealerFee { get; init; }

    /// <summary>All that the customer pays above what they get.</summary>
    public required decimal TotalCostOfCredit { get; init; }

    /// <summary>All that the customer pays.</summary>
    public required decimal TotalPayable { get; init; }

    /// <summary>The annual percentage rate of charge; null for offers that were made before it was computed.</summary>
    public required decimal? AprcPercent { get; init; }

    /// <summary>The nominal annual rate.</summary>
    public required decimal AnnualRatePercent { get; init; }

    /// <summary>Changes of the rate that are agreed in advance, in order.</summary>
    public required IReadOnlyList<OfferedRate> LaterRates { get; init; }

    /// <summary>The day of the payout as it is planned.</summary>
    public required DateOnly PayoutOn { get; init; }

    /// <summary>The interest for one day on the amount of credit, which is owed after a withdrawal.</summary>
    public required decimal DailyInterest { get; init; }

    /// <summary>The instalments, in order; at least one.</summary>
    public required IReadOnlyList<OfferedInstalment> Instalments { get; init; }

    /// <summary>The most that is paid in a month, with the fee that is paid beside each instalment.</summary>
    public decimal MonthlyInstalment => Instalments.Max(instalment => instalment.Payment) + MonthlyFee;
}

/// <summary>A later rate.</summary>
/// <param name="FromInstalment">The number of the first instalment with it.</param>
/// <param name="AnnualRatePercent">The nominal annual rate from then on.</param>
public sealed record OfferedRate(int FromInstalment, decimal AnnualRatePercent);

/// <summary>An instalment.</summary>
/// <param name="DueOn">The day by which it is paid.</param>
/// <param name="Payment">Principal and interest, without fees.</param>
/// <param name="Principal">What it repays.</param>
/// <param name="Interest">Its interest.</param>
/// <param name="Balance">What is owed afterwards.</param>
public sealed record OfferedInstalment(DateOnly DueOn, decimal Payment, decimal Principal, decimal Interest, decimal Balance);
