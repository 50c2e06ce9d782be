using FluentValidation;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Platform.Http;

namespace Lending.Loans.Terms;

/// <summary>The rules of a loan's terms, for products, quotes and offers alike.</summary>
internal static class TermRules
{
    // The most that any currency has; whether it is right for this one is checked where the currency is known.
    private const int MaximumAmountScale = 3;

    private static readonly DateOnly FirstDay = new(LoanLimits.FirstYear, 1, 1);
    private static readonly DateOnly LastDay = new(LoanLimits.LastYear, 12, 31);

    public static void MustBeLoanAmount<T>(this IRuleBuilder<T, decimal?> rule) =>
        rule.InclusiveBetween(LoanLimits.MinimumAmount, LoanLimits.MaximumAmount).MustHaveAtMostDecimals(MaximumAmountScale);

    public static void MustBeAnnualRate<T>(this IRuleBuilder<T, decimal?> rule) =>
        rule.InclusiveBetween(0, LoanLimits.MaximumAnnualRatePercent).MustHaveAtMostDecimals(LoanLimits.AnnualRateScale);

    public static void MustBeFeePercent<T>(this IRuleBuilder<T, decimal?> rule) =>
        rule.InclusiveBetween(0, LoanLimits.MaximumFeePercent).MustHaveAtMostDecimals(LoanLimits.AnnualRateScale);

    public static void MustBeTerm<T>(this IRuleBuilder<T, int?> rule) =>
        rule.InclusiveBetween(LoanLimits.MinimumTermMonths, LoanLimits.MaximumTermMonths);

    /// <summary>A day in the years that loans are computed for.</summary>
    public static void MustBeLoanDate<T>(this IRuleBuilder<T, DateOnly?> rule) => rule.InclusiveBetween(FirstDay, LastDay);

    /// <summary>An amount that is no loan's: a price, a budget.</summary>
    public static void MustBeMoney<T>(this IRuleBuilder<T, decimal?> rule) =>
        rule.InclusiveBetween(0.001m, LoanLimits.MaximumAmount).MustHaveAtMostDecimals(MaximumAmountScale);

    public static void MustBeCurrency<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(code => Currency.Find(code) is not null)
            .WithErrorCode("unknown-currency")
            .WithMessage("This is no ISO 4217 currency code.");

    public static void MustBeMethod<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(name => name is null || ScheduleMethods.TryFind(name, out _))
            .WithErrorCode("unknown-method")
            .WithMessage($"The methods are {string.Join(", ", ScheduleMethods.Names)}.");

    public static void MustBeDayCount<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(name => name is null || DayCounts.TryFind(name, out _))
            .WithErrorCode("unknown-day-count")
            .WithMessage($"The day counts are {string.Join(", ", DayCounts.Names)}.");

    /// <summary>Elements of a list are not null. A plain <c>NotNull</c> would make the API document say so of the list itself.</summary>
    public static IRuleBuilderOptions<T, TElement> MustBeThere<T, TElement>(this IRuleBuilder<T, TElement> element) =>
        element.Must(value => value is not null).WithErrorCode("not-null").WithMessage("'{PropertyName}' must not be empty.");

    /// <summary>Each step is after the one before it; the steps themselves are checked by <see cref="RateStepTerms.Validator"/>.</summary>
    public static void MustBeRateSteps<T>(this IRuleBuilder<T, IReadOnlyList<RateStepTerms>?> rule) =>
        rule.Must(steps => steps is null || steps.Count <= LoanLimits.MaximumRateSteps)
            .WithErrorCode("too-many")
            .WithMessage($"There may be at most {LoanLimits.MaximumRateSteps} rate steps.")
            .Must(steps =>
                steps is null || steps.Zip(steps.Skip(1)).All(pair => !(pair.Second?.FromInstalment <= pair.First?.FromInstalment))
            )
            .WithErrorCode("not-ascending")
            .WithMessage("Each rate step begins after the one before it.");
}
