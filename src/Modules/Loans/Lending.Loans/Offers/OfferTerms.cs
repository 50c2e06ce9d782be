using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Loans.Amortization;

namespace Lending.Loans.Offers;

/// <summary>What the maker of a loan offer decides.</summary>
internal sealed record OfferTerms
{
    /// <summary>The customer who is offered the loan.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
    public Guid? CustomerId { get; init; }

    /// <summary>The principal, in the organisation's currency and with at most its decimals: 500 to 1,000,000.</summary>
    /// <example>24500.00</example>
    public decimal? LoanAmount { get; init; }

    /// <summary>The nominal annual interest rate in percent: 0 to 50, at most six decimals.</summary>
    /// <example>4.9</example>
    public decimal? AnnualRatePercent { get; init; }

    /// <summary>The number of monthly instalments: 1 to 600.</summary>
    /// <example>120</example>
    public int? TermMonths { get; init; }

    /// <summary>The terms to compute with, of a validated request.</summary>
    public LoanTerms In(Currency currency) => new(LoanAmount!.Value, AnnualRatePercent!.Value, TermMonths!.Value, currency);

    internal sealed class Validator : Validator<OfferTerms>
    {
        public Validator()
        {
            RuleFor(terms => terms.CustomerId).NotNull();
            RuleFor(terms => terms.LoanAmount).MustBeLoanAmount();
            RuleFor(terms => terms.AnnualRatePercent).MustBeAnnualRate();
            RuleFor(terms => terms.TermMonths).MustBeTerm();
        }
    }
}
