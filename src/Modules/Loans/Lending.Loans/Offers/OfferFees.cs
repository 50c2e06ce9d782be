using Lending.Loans.Amortization;

namespace Lending.Loans.Offers;

/// <summary>What is paid beside principal and interest, in the offer's currency; all zero without a product.</summary>
internal sealed record OfferFees
{
    /// <summary>Paid once, on the day of the payout.</summary>
    /// <example>150.00</example>
    public required decimal Upfront { get; init; }

    /// <summary>Added to the amount, and repaid with it.</summary>
    /// <example>0.00</example>
    public required decimal Financed { get; init; }

    /// <summary>Paid with each instalment.</summary>
    /// <example>2.50</example>
    public required decimal Monthly { get; init; }

    /// <summary>The part of the amount that the dealer keeps; the cash price is the amount without it.</summary>
    /// <example>0.00</example>
    public required decimal Dealer { get; init; }

    public static OfferFees Of(LoanQuote quote) =>
        new()
        {
            Upfront = quote.UpfrontFee,
            Financed = quote.FinancedFee,
            Monthly = quote.MonthlyFee,
            Dealer = quote.DealerFee,
        };
}
