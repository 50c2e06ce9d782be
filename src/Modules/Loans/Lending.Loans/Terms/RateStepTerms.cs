using FluentValidation;
using Lending.Loans.Amortization;

namespace Lending.Loans.Terms;

/// <summary>A later annual rate.</summary>
internal sealed record RateStepTerms
{
    /// <summary>The first instalment that it holds for: 2 to 600.</summary>
    /// <example>25</example>
    public int? FromInstalment { get; init; }

    /// <summary>The nominal annual interest rate in percent: 0 to 50, at most six decimals.</summary>
    /// <example>6</example>
    public decimal? AnnualRatePercent { get; init; }

    /// <summary>The step of a validated request.</summary>
    public RateStep ToRateStep() => new(FromInstalment!.Value, AnnualRatePercent!.Value);

    internal sealed class Validator : AbstractValidator<RateStepTerms>
    {
        public Validator()
        {
            RuleFor(step => step.FromInstalment).NotNull().InclusiveBetween(2, LoanLimits.MaximumTermMonths);
            RuleFor(step => step.AnnualRatePercent).NotNull().MustBeAnnualRate();
        }
    }
}
