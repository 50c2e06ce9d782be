using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Offers;

/// <summary>Computes the figures of a loan without storing anything. Public.</summary>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `malformed-json`.
/// `amount-scale`: more decimals than the currency has.
/// </response>
internal sealed class QuoteOffer : Endpoint<QuoteOffer.Request, Results<Ok<QuoteOffer.Response>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The principal, with at most the currency's decimals: 500 to 1,000,000.</summary>
        /// <example>24500.00</example>
        public decimal? LoanAmount { get; init; }

        /// <summary>The nominal annual interest rate in percent: 0 to 50, at most six decimals.</summary>
        /// <example>4.9</example>
        public decimal? AnnualRatePercent { get; init; }

        /// <summary>The number of monthly instalments: 1 to 600.</summary>
        /// <example>120</example>
        public int? TermMonths { get; init; }

        /// <summary>An ISO 4217 code; EUR where it is left out.</summary>
        /// <example>EUR</example>
        public string? Currency { get; init; } = "EUR";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.LoanAmount).MustBeLoanAmount();
            RuleFor(request => request.AnnualRatePercent).MustBeAnnualRate();
            RuleFor(request => request.TermMonths).MustBeTerm();
            RuleFor(request => request.Currency)
                .Must(code => Kernel.Currency.Find(code) is not null)
                .WithErrorCode("unknown-currency")
                .WithMessage("This is no ISO 4217 currency code.");
        }
    }

    internal sealed record Response
    {
        /// <summary>The principal.</summary>
        /// <example>24500.00</example>
        public required decimal LoanAmount { get; init; }

        /// <summary>The ISO 4217 code of the currency of all amounts.</summary>
        /// <example>EUR</example>
        public required string Currency { get; init; }

        /// <summary>The nominal annual interest rate, in percent.</summary>
        /// <example>4.9</example>
        public required decimal AnnualRatePercent { get; init; }

        /// <summary>The number of monthly instalments.</summary>
        /// <example>120</example>
        public required int TermMonths { get; init; }

        /// <summary>The instalment paid each month.</summary>
        /// <example>258.67</example>
        public required decimal MonthlyPayment { get; init; }

        /// <summary>The sum of all instalments.</summary>
        /// <example>31040.40</example>
        public required decimal TotalPayment { get; init; }

        /// <summary>The total payment without the amount.</summary>
        /// <example>6540.40</example>
        public required decimal TotalInterest { get; init; }
    }

    public override void Configure()
    {
        Post("loan-offers/quote");
        AllowAnonymous();
    }

    public override Task<Results<Ok<Response>, Problem>> ExecuteAsync(Request request, CancellationToken ct) =>
        Task.FromResult(Quote(request));

    private static Results<Ok<Response>, Problem> Quote(Request request)
    {
        var currency = Currency.Get(request.Currency!);
        if (!currency.HasScale(request.LoanAmount!.Value))
        {
            return Problem.From(OfferErrors.AmountScale);
        }
        var terms = new LoanTerms(request.LoanAmount.Value, request.AnnualRatePercent!.Value, request.TermMonths!.Value, currency);
        var figures = LoanFigures.Of(terms);
        return TypedResults.Ok(
            new Response
            {
                LoanAmount = terms.Amount,
                Currency = currency.Code,
                AnnualRatePercent = terms.AnnualRatePercent,
                TermMonths = terms.TermMonths,
                MonthlyPayment = figures.MonthlyPayment,
                TotalPayment = figures.TotalPayment,
                TotalInterest = figures.TotalInterest,
            }
        );
    }
}
