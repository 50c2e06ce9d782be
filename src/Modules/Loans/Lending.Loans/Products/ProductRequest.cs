using FastEndpoints;
using FluentValidation;
using FluentValidation.Results;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Terms;
using Lending.Platform.Http;

namespace Lending.Loans.Products;

/// <summary>What can be set of a loan product.</summary>
internal sealed record ProductRequest : IPatchable
{
    /// <summary>For how many days an offer is valid where nothing is said.</summary>
    public const int DefaultValidityDays = 30;

    /// <summary>The longest validity of an offer, in days.</summary>
    public const int MaximumValidityDays = 365;

    /// <summary>The name: up to 200 characters, and no other product of the organisation is called so.</summary>
    /// <example>Solar Classic</example>
    public required string? Name { get; init; }

    /// <summary>Whether anybody who knows the product's id gets quotes; false: only the organisation's staff.</summary>
    /// <example>false</example>
    public required bool IsPublic { get; init; }

    /// <summary>Whether it is out of use: still readable, but neither quoted nor offered.</summary>
    /// <example>false</example>
    public required bool Retired { get; init; }

    /// <summary>The ISO 4217 code of the currency of all amounts.</summary>
    /// <example>EUR</example>
    public required string? Currency { get; init; }

    /// <summary>The smallest amount that is lent, with at most the currency's decimals: 500 to 1,000,000.</summary>
    /// <example>2500.00</example>
    public required decimal? AmountFrom { get; init; }

    /// <summary>The largest amount that is lent: 500 to 1,000,000.</summary>
    /// <example>60000.00</example>
    public required decimal? AmountTo { get; init; }

    /// <summary>The smallest number of monthly instalments: 1 to 600.</summary>
    /// <example>24</example>
    public required int? TermMonthsFrom { get; init; }

    /// <summary>The largest number of monthly instalments: 1 to 600.</summary>
    /// <example>180</example>
    public required int? TermMonthsTo { get; init; }

    /// <summary>The annual rates, by term and amount: 1 to 100 bands inside the product's limits that do not overlap. What no band covers is not lent.</summary>
    public required IReadOnlyList<RateBand>? RateBands { get; init; }

    /// <summary>What the customer pays beside principal and interest; left out: nothing.</summary>
    public required FeeTerms? Fees { get; init; }

    /// <summary>What the dealer keeps of the amount, in percent of it: 0 to 50, at most six decimals.</summary>
    /// <example>5</example>
    public required decimal? DealerFeePercent { get; init; }

    /// <summary>How instalments are computed: equal-instalments (where it is left out), declining-balance or equal-principal.</summary>
    /// <example>equal-instalments</example>
    public required string? Method { get; init; }

    /// <summary>
    /// How days are counted: 30/360 (where it is left out), 30E/360, actual/365f, actual/360, actual/actual-isda or actual/actual-icma. From due
    /// date to due date 30/360, 30E/360 and actual/actual-icma count a twelfth of a year, the others the days.
    /// </summary>
    /// <example>30/360</example>
    public required string? DayCount { get; init; }

    /// <summary>How the days of the first period are counted that make no whole month; left out: as <c>dayCount</c> says.</summary>
    /// <example>actual/365f</example>
    public required string? StubDayCount { get; init; }

    /// <summary>How many months at the start bear interest only; fewer than the smallest term.</summary>
    /// <example>0</example>
    public required int? InterestOnlyMonths { get; init; }

    /// <summary>Later annual rates, ascending; a step that begins after a loan's last instalment does not concern that loan.</summary>
    public required IReadOnlyList<RateStepTerms>? RateSteps { get; init; }

    /// <summary>For how many days after its approval an offer is valid: 1 to 365; left out: 30.</summary>
    /// <example>30</example>
    public required int? ValidityDays { get; init; }

    /// <summary>The request that would leave a product as it is.</summary>
    public static ProductRequest From(LoanProduct product, ProductContent content) =>
        new()
        {
            Name = product.Name,
            IsPublic = product.IsPublic,
            Retired = product.Retired,
            Currency = content.Currency,
            AmountFrom = content.AmountFrom,
            AmountTo = content.AmountTo,
            TermMonthsFrom = content.TermMonthsFrom,
            TermMonthsTo = content.TermMonthsTo,
            RateBands = content.RateBands,
            Fees = content.Fees,
            DealerFeePercent = content.DealerFeePercent,
            Method = content.Method,
            DayCount = content.DayCount,
            StubDayCount = content.StubDayCount,
            InterestOnlyMonths = content.InterestOnlyMonths,
            RateSteps = content.RateSteps,
            ValidityDays = content.ValidityDays,
        };

    /// <summary>The content of a validated request; equal content is written equally.</summary>
    public ProductContent ToContent()
    {
        var currency = Kernel.Currency.Get(Currency!);
        return new ProductContent
        {
            Currency = currency.Code,
            AmountFrom = currency.Round(AmountFrom!.Value),
            AmountTo = currency.Round(AmountTo!.Value),
            TermMonthsFrom = TermMonthsFrom!.Value,
            TermMonthsTo = TermMonthsTo!.Value,
            RateBands = [.. RateBands!.Select(band => band.In(currency))],
            Fees = Fees?.In(currency),
            DealerFeePercent = (DealerFeePercent ?? 0).WithoutTrailingZeros(),
            Method = Method ?? ScheduleMethod.EqualInstalments.Name(),
            DayCount = DayCount ?? Amortization.DayCount.Thirty360.Name(),
            StubDayCount = StubDayCount,
            InterestOnlyMonths = InterestOnlyMonths ?? 0,
            RateSteps =
            [
                .. (RateSteps ?? []).Select(step => step with { AnnualRatePercent = step.AnnualRatePercent!.Value.WithoutTrailingZeros() }),
            ],
            ValidityDays = ValidityDays ?? DefaultValidityDays,
        };
    }

    internal sealed class Validator : Validator<ProductRequest>
    {
        public Validator()
        {
            RuleFor(product => product.Name).NotEmpty().MaximumLength(LoanProduct.MaximumNameLength);
            RuleFor(product => product.Currency).MustBeCurrency();
            RuleFor(product => product.AmountFrom).NotNull().InclusiveBetween(LoanLimits.MinimumAmount, LoanLimits.MaximumAmount);
            RuleFor(product => product.AmountTo).NotNull().InclusiveBetween(LoanLimits.MinimumAmount, LoanLimits.MaximumAmount);
            RuleFor(product => product.AmountTo)
                .GreaterThanOrEqualTo(product => product.AmountFrom)
                .When(product => product.AmountFrom is not null);
            RuleFor(product => product.TermMonthsFrom).NotNull().MustBeTerm();
            RuleFor(product => product.TermMonthsTo).NotNull().MustBeTerm();
            RuleFor(product => product.TermMonthsTo)
                .GreaterThanOrEqualTo(product => product.TermMonthsFrom)
                .When(product => product.TermMonthsFrom is not null);
            RuleFor(product => product.RateBands)
                .NotEmpty()
                .Must(bands => bands is null || bands.Count <= RateBand.MaximumCount)
                .WithErrorCode("too-many")
                .WithMessage($"There may be at most {RateBand.MaximumCount} rate bands.");
            RuleForEach(product => product.RateBands).NotNull().SetValidator(new RateBand.Validator());
            RuleFor(product => product.Fees).SetValidator(new FeeTerms.Validator()!);
            RuleFor(product => product.DealerFeePercent).MustBeFeePercent();
            RuleFor(product => product.Method).MustBeMethod();
            RuleFor(product => product.DayCount).MustBeDayCount();
            RuleFor(product => product.StubDayCount).MustBeDayCount();
            RuleFor(product => product.InterestOnlyMonths).GreaterThanOrEqualTo(0);
            RuleFor(product => product.InterestOnlyMonths)
                .LessThan(product => product.TermMonthsFrom)
                .When(product => product.TermMonthsFrom > 0);
            RuleFor(product => product.RateSteps).MustBeRateSteps();
            RuleForEach(product => product.RateSteps).MustBeThere().SetValidator(new RateStepTerms.Validator());
            RuleFor(product => product.ValidityDays).InclusiveBetween(1, MaximumValidityDays);
            RuleFor(product => product).Custom(CheckScales).Custom(CheckBands);
        }

        private static void CheckScales(ProductRequest product, FluentValidation.ValidationContext<ProductRequest> context)
        {
            if (Kernel.Currency.Find(product.Currency) is not { } currency)
            {
                return;
            }
            foreach (var (path, amount) in product.Amounts())
            {
                if (amount is { } value && !currency.HasScale(value))
                {
                    context.AddFailure(Failure(path, TermErrors.AmountScale.Code, TermErrors.AmountScale.Message));
                }
            }
        }

        private static void CheckBands(ProductRequest product, FluentValidation.ValidationContext<ProductRequest> context)
        {
            var bands = product.RateBands ?? [];
            for (var index = 0; index < bands.Count && index < RateBand.MaximumCount; index++)
            {
                if (bands[index] is not { } band)
                {
                    continue;
                }
                foreach (var member in product.LimitsBrokenBy(band))
                {
                    context.AddFailure(
                        Failure($"RateBands[{index}].{member}", "band-outside-product", "The band reaches beyond the product's limits.")
                    );
                }
                for (var before = 0; before < index; before++)
                {
                    if (bands[before] is { } other && band.Overlaps(other))
                    {
                        context.AddFailure(Failure($"RateBands[{index}]", "band-overlap", $"The band overlaps rateBands[{before}]."));
                        break;
                    }
                }
            }
        }

        private static ValidationFailure Failure(string path, string code, string message) => new(path, message) { ErrorCode = code };
    }

    private IEnumerable<(string Path, decimal? Amount)> Amounts()
    {
        yield return (nameof(AmountFrom), AmountFrom);
        yield return (nameof(AmountTo), AmountTo);
        var bands = RateBands ?? [];
        for (var index = 0; index < bands.Count && index < RateBand.MaximumCount; index++)
        {
            yield return ($"{nameof(RateBands)}[{index}].{nameof(RateBand.AmountFrom)}", bands[index]?.AmountFrom);
            yield return ($"{nameof(RateBands)}[{index}].{nameof(RateBand.AmountTo)}", bands[index]?.AmountTo);
        }
        yield return ($"{nameof(Fees)}.{nameof(FeeTerms.Upfront)}.{nameof(FeeAmount.Amount)}", Fees?.Upfront?.Amount);
        yield return ($"{nameof(Fees)}.{nameof(FeeTerms.Financed)}.{nameof(FeeAmount.Amount)}", Fees?.Financed?.Amount);
        yield return ($"{nameof(Fees)}.{nameof(FeeTerms.Monthly)}.{nameof(FeeAmount.Amount)}", Fees?.Monthly?.Amount);
    }

    private IEnumerable<string> LimitsBrokenBy(RateBand band)
    {
        if (band.TermMonthsFrom < TermMonthsFrom || band.TermMonthsFrom > TermMonthsTo)
        {
            yield return nameof(RateBand.TermMonthsFrom);
        }
        if (band.TermMonthsTo > TermMonthsTo || band.TermMonthsTo < TermMonthsFrom)
        {
            yield return nameof(RateBand.TermMonthsTo);
        }
        if (band.AmountFrom < AmountFrom || band.AmountFrom > AmountTo)
        {
            yield return nameof(RateBand.AmountFrom);
        }
        if (band.AmountTo > AmountTo || band.AmountTo < AmountFrom)
        {
            yield return nameof(RateBand.AmountTo);
        }
    }
}
