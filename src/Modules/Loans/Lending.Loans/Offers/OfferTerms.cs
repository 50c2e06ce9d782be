using FastEndpoints;
using FluentValidation;
using Lending.Loans.Terms;
using Lending.Platform.Http;

namespace Lending.Loans.Offers;

/// <summary>
/// What the maker of a loan offer decides. With a product, the annual rate, the fees and the method come from it; without one, the loan has equal
/// instalments and no fees.
/// </summary>
internal sealed record OfferTerms : IPatchable
{
    /// <summary>The customer who is offered the loan.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
    public required Guid? CustomerId { get; init; }

    /// <summary>The product, of which the offer keeps the present version; null for none.</summary>
    /// <example>0199f3a0-7d2f-7b66-9e1d-4a3c0f5e8b21</example>
    public required Guid? ProductId { get; init; }

    /// <summary>What is borrowed, in the organisation's currency and with at most its decimals: 500 to 1,000,000.</summary>
    /// <example>24500.00</example>
    public required decimal? LoanAmount { get; init; }

    /// <summary>The nominal annual interest rate in percent: 0 to 50, at most six decimals. With a product it may be left out, or is the product's.</summary>
    /// <example>4.9</example>
    public required decimal? AnnualRatePercent { get; init; }

    /// <summary>The number of monthly instalments: 1 to 600.</summary>
    /// <example>120</example>
    public required int? TermMonths { get; init; }

    /// <summary>The day of the payout; left out: a month before the first due date, or the day on which the offer is made. 1900 to 2199.</summary>
    /// <example>2026-12-01</example>
    public required DateOnly? PayoutDate { get; init; }

    /// <summary>The day on which the first instalment is due, at most 12 months after the payout; left out: a month after it.</summary>
    /// <example>2027-01-01</example>
    public required DateOnly? FirstDueDate { get; init; }

    internal sealed class Validator : Validator<OfferTerms>
    {
        public Validator()
        {
            RuleFor(terms => terms.CustomerId).NotNull();
            RuleFor(terms => terms.LoanAmount).NotNull().MustBeLoanAmount();
            RuleFor(terms => terms.AnnualRatePercent).NotNull().When(terms => terms.ProductId is null).MustBeAnnualRate();
            RuleFor(terms => terms.TermMonths).NotNull().MustBeTerm();
            RuleFor(terms => terms.PayoutDate).MustBeLoanDate();
            RuleFor(terms => terms.FirstDueDate).MustBeLoanDate();
        }
    }
}
