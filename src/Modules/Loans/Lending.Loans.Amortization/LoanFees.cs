using Lending.Kernel;

namespace Lending.Loans.Amortization;

/// <summary>A fee: either an amount, or a percentage of the loan amount. Exactly one is set.</summary>
/// <param name="Amount">In the loan's currency and with its decimals.</param>
/// <param name="Percent">Of the loan amount: 2 is two percent.</param>
public sealed record Fee(decimal? Amount, decimal? Percent)
{
    /// <summary>What the fee is for a loan of that amount, rounded half to even to minor units.</summary>
    public decimal Of(decimal loanAmount, Currency currency) => currency.Round(Amount ?? loanAmount * Percent!.Value / 100);
}

/// <summary>What a loan costs beside its interest.</summary>
public sealed record LoanFees
{
    /// <summary>No fees.</summary>
    public static readonly LoanFees None = new();

    /// <summary>Paid by the customer on the day of payout.</summary>
    public Fee? Upfront { get; init; }

    /// <summary>Added to what is owed, and repaid with it.</summary>
    public Fee? Financed { get; init; }

    /// <summary>Paid with each instalment.</summary>
    public Fee? Monthly { get; init; }

    /// <summary>What the dealer leaves to the lender, in percent of the loan amount: the price in cash is lower by it.</summary>
    public decimal DealerFeePercent { get; init; }

    /// <summary>The loan amount P = q(cash price / (1 − dealer fee)) that pays for a price in cash.</summary>
    public decimal LoanAmountFor(decimal cashPrice, Currency currency) => currency.Round(cashPrice * 100 / (100 - DealerFeePercent));
}
