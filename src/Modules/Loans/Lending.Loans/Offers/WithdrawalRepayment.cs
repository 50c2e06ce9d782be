using Lending.Kernel;

namespace Lending.Loans.Offers;

/// <summary>
/// What a customer pays back who withdrew after the payout: what was paid out, and the agreed interest for each day until it is back; nothing else
/// (Directive (EU) 2023/2225, Article 26).
/// </summary>
internal sealed record WithdrawalRepayment
{
    // Interest for a calendar day. The customer never owes a part of a minor unit more than the law allows, so it is rounded down.
    private const int DaysOfYear = 365;

    /// <summary>What was paid out: the loan amount without the dealer fee. A financed fee is not owed any more.</summary>
    /// <example>24500.00</example>
    public required decimal Amount { get; init; }

    /// <summary>The interest at the agreed rate for each day from <c>interestFrom</c> to the day of the repayment, rounded down.</summary>
    /// <example>3.28</example>
    public required decimal DailyInterest { get; init; }

    /// <summary>The day of the payout.</summary>
    /// <example>2026-11-24</example>
    public required DateOnly InterestFrom { get; init; }

    /// <summary>The last day for the repayment: 30 days after that of the withdrawal.</summary>
    /// <example>2026-12-30</example>
    public required DateOnly DueBy { get; init; }

    /// <summary>Computed anew at each reading: nothing that it depends on changes after the withdrawal.</summary>
    public static WithdrawalRepayment Of(
        decimal loanAmount,
        decimal dealerFee,
        decimal annualRatePercent,
        string currencyCode,
        DateOnly disbursedOn,
        DateOnly repayableUntil
    )
    {
        var amount = loanAmount - dealerFee;
        return new WithdrawalRepayment
        {
            Amount = amount,
            DailyInterest = DailyInterestOn(amount, annualRatePercent, Currency.Get(currencyCode)),
            InterestFrom = disbursedOn,
            DueBy = repayableUntil,
        };
    }

    /// <summary>The interest for one day; the document says it before, too.</summary>
    public static decimal DailyInterestOn(decimal amount, decimal annualRatePercent, Currency currency) =>
        currency.Round(decimal.Floor(amount * annualRatePercent / (100 * DaysOfYear) / currency.MinorUnit) * currency.MinorUnit);
}
