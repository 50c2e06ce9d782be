using FluentValidation;
using Lending.Kernel;
using Lending.Loans.Terms;

namespace Lending.Loans.Products;

/// <summary>An annual rate, and for which terms and amounts it holds.</summary>
internal sealed record RateBand
{
    /// <summary>The most bands that a product can have.</summary>
    public const int MaximumCount = 100;

    /// <summary>From this term on, in months; left out: from the product's smallest.</summary>
    /// <example>24</example>
    public int? TermMonthsFrom { get; init; }

    /// <summary>Up to this term, in months; left out: to the product's largest.</summary>
    /// <example>120</example>
    public int? TermMonthsTo { get; init; }

    /// <summary>From this amount on; left out: from the product's smallest.</summary>
    /// <example>2500.00</example>
    public decimal? AmountFrom { get; init; }

    /// <summary>Up to this amount; left out: to the product's largest.</summary>
    /// <example>25000.00</example>
    public decimal? AmountTo { get; init; }

    /// <summary>The nominal annual interest rate in percent: 0 to 50, at most six decimals.</summary>
    /// <example>4.9</example>
    public decimal? AnnualRatePercent { get; init; }

    public bool Covers(decimal amount, int termMonths) =>
        amount >= (AmountFrom ?? amount)
        && amount <= (AmountTo ?? amount)
        && termMonths >= (TermMonthsFrom ?? termMonths)
        && termMonths <= (TermMonthsTo ?? termMonths);

    /// <summary>Whether some term and amount lies in both.</summary>
    public bool Overlaps(RateBand other) =>
        Meet(TermMonthsFrom, TermMonthsTo, other.TermMonthsFrom, other.TermMonthsTo)
        && Meet(AmountFrom, AmountTo, other.AmountFrom, other.AmountTo);

    internal RateBand In(Currency currency) =>
        this with
        {
            AmountFrom = AmountFrom is { } from ? currency.Round(from) : null,
            AmountTo = AmountTo is { } to ? currency.Round(to) : null,
            AnnualRatePercent = AnnualRatePercent!.Value.WithoutTrailingZeros(),
        };

    private static bool Meet(decimal? from, decimal? to, decimal? otherFrom, decimal? otherTo) =>
        (from is null || otherTo is null || from <= otherTo) && (to is null || otherFrom is null || to >= otherFrom);

    internal sealed class Validator : AbstractValidator<RateBand>
    {
        public Validator()
        {
            RuleFor(band => band.TermMonthsTo)
                .GreaterThanOrEqualTo(band => band.TermMonthsFrom)
                .When(band => band.TermMonthsFrom is not null);
            RuleFor(band => band.AmountTo).GreaterThanOrEqualTo(band => band.AmountFrom).When(band => band.AmountFrom is not null);
            RuleFor(band => band.AnnualRatePercent).NotNull().MustBeAnnualRate();
        }
    }
}
