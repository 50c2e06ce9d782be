using FluentValidation;
using Lending.Kernel;
using Lending.Loans.Amortization;

namespace Lending.Loans.Terms;

/// <summary>What the customer pays beside principal and interest.</summary>
internal sealed record FeeTerms
{
    /// <summary>Paid once, on the day of the payout.</summary>
    public FeeAmount? Upfront { get; init; }

    /// <summary>Added to the amount and repaid with it.</summary>
    public FeeAmount? Financed { get; init; }

    /// <summary>Paid with each instalment.</summary>
    public FeeAmount? Monthly { get; init; }

    public FeeTerms? In(Currency currency) =>
        Upfront is null && Financed is null && Monthly is null
            ? null
            : this with
            {
                Upfront = Upfront?.In(currency),
                Financed = Financed?.In(currency),
                Monthly = Monthly?.In(currency),
            };

    internal sealed class Validator : AbstractValidator<FeeTerms>
    {
        public Validator()
        {
            RuleFor(fees => fees.Upfront).SetValidator(FeeAmount.Rules!);
            RuleFor(fees => fees.Financed).SetValidator(FeeAmount.Rules!);
            RuleFor(fees => fees.Monthly).SetValidator(FeeAmount.Rules!);
        }
    }
}

/// <summary>A fee: either an amount, or a percentage of the loan's amount.</summary>
internal sealed record FeeAmount
{
    public static readonly Validator Rules = new();

    /// <summary>The fee in the currency, with at most its decimals; null where it is a percentage.</summary>
    /// <example>250.00</example>
    public decimal? Amount { get; init; }

    /// <summary>The fee in percent of the loan's amount: 0 to 50, at most six decimals; null where it is an amount.</summary>
    /// <example>1.5</example>
    public decimal? Percent { get; init; }

    public FeeAmount In(Currency currency) =>
        this with
        {
            Amount = Amount is { } amount ? currency.Round(amount) : null,
            Percent = Percent?.WithoutTrailingZeros(),
        };

    /// <summary>The fee of a validated request.</summary>
    public Fee ToFee() => new(Amount, Percent);

    internal sealed class Validator : AbstractValidator<FeeAmount>
    {
        public Validator()
        {
            RuleFor(fee => fee)
                .Must(fee => fee.Amount is null != fee.Percent is null)
                .WithErrorCode("amount-or-percent")
                .WithMessage("A fee is either an amount or a percentage.");
            RuleFor(fee => fee.Amount).InclusiveBetween(0, LoanLimits.MaximumAmount);
            RuleFor(fee => fee.Percent).MustBeFeePercent();
        }
    }
}
