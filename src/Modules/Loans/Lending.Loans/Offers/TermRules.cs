using FluentValidation;
using Lending.Loans.Amortization;

namespace Lending.Loans.Offers;

/// <summary>The rules of a loan's terms, for offers and quotes alike.</summary>
internal static class TermRules
{
    // The most that any currency has; whether it is right for this one is checked where the currency is known.
    private const int MaximumAmountScale = 3;

    public static void MustBeLoanAmount<T>(this IRuleBuilder<T, decimal?> rule) =>
        rule.NotNull().InclusiveBetween(LoanLimits.MinimumAmount, LoanLimits.MaximumAmount).MustHaveAtMostDecimals(MaximumAmountScale);

    public static void MustBeAnnualRate<T>(this IRuleBuilder<T, decimal?> rule) =>
        rule.NotNull().InclusiveBetween(0, LoanLimits.MaximumAnnualRatePercent).MustHaveAtMostDecimals(LoanLimits.AnnualRateScale);

    public static void MustBeTerm<T>(this IRuleBuilder<T, int?> rule) =>
        rule.NotNull().InclusiveBetween(LoanLimits.MinimumTermMonths, LoanLimits.MaximumTermMonths);

    private static void MustHaveAtMostDecimals<T>(this IRuleBuilder<T, decimal?> rule, int decimals) =>
        rule.Must(value => value is null || decimal.Round(value.Value, decimals) == value)
            .WithErrorCode("too-many-decimals")
            .WithMessage($"{{PropertyName}} may have at most {decimals} decimals.");
}
