using System.Diagnostics.CodeAnalysis;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Products;
using Lending.Loans.Terms;

namespace Lending.Loans.Offers;

/// <summary>What the terms of an offer come to: all figures, and the product that they are of.</summary>
/// <param name="Quote">The figures.</param>
/// <param name="Product">The version of a product that is pinned; null without one.</param>
internal sealed record OfferPricing(LoanQuote Quote, PinnedProduct? Product)
{
    /// <summary>The figures of a validated request, with the product that it names, or why there are none.</summary>
    public static bool TryOf(
        OfferTerms terms,
        UsableProduct? product,
        Currency currency,
        LoanDates dates,
        [NotNullWhen(true)] out OfferPricing? pricing,
        [NotNullWhen(false)] out Error? error
    )
    {
        pricing = null;
        if (!currency.HasScale(terms.LoanAmount!.Value))
        {
            error = TermErrors.AmountScale;
            return false;
        }
        if (!TryTerms(terms, product, currency, dates, out var loan, out error) || !LoanQuote.TryOf(loan, out var quote, out error))
        {
            return false;
        }
        if (terms.AnnualRatePercent is { } rate && rate != loan.AnnualRatePercent)
        {
            error = OfferErrors.RateNotOfProduct;
            return false;
        }
        pricing = new OfferPricing(quote, product is null ? null : PinnedProduct.Of(product, loan));
        return true;
    }

    /// <summary>The figures of a loan without a product.</summary>
    /// <exception cref="ArgumentException">There are none for these terms.</exception>
    public static OfferPricing Of(LoanTerms terms) =>
        LoanQuote.TryOf(terms, out var quote, out var error)
            ? new OfferPricing(quote, Product: null)
            : throw new ArgumentException(error.Message, nameof(terms));

    private static bool TryTerms(
        OfferTerms terms,
        UsableProduct? product,
        Currency currency,
        LoanDates dates,
        [NotNullWhen(true)] out LoanTerms? loan,
        [NotNullWhen(false)] out Error? error
    )
    {
        if (product is not null)
        {
            return product.TryTerms(new LoanWish(terms.LoanAmount, CashPrice: null, terms.TermMonths, dates), out loan, out error);
        }
        error = null;
        loan = new LoanTerms(terms.LoanAmount!.Value, terms.AnnualRatePercent!.Value, terms.TermMonths!.Value, currency)
        {
            PayoutDate = dates.Payout,
            FirstDueDate = dates.FirstDue,
        };
        return true;
    }
}

/// <summary>The version of a product that an offer was made with, as it was called then.</summary>
/// <param name="Id">The product's id.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Name">What the product was called.</param>
/// <param name="Content">What the version lays down, with the only rate band that the offer is of.</param>
internal sealed record PinnedProduct(Guid Id, int Version, string Name, ProductContent Content)
{
    public static PinnedProduct Of(UsableProduct product, LoanTerms terms) =>
        new(
            product.Id,
            product.Version,
            product.Name,
            product.Content with
            {
                RateBands = [product.Content.RateBands.First(band => band.Covers(terms.Amount, terms.TermMonths))],
            }
        );
}
