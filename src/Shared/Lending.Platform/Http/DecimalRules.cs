using FluentValidation;

namespace Lending.Platform.Http;

/// <summary>What modules' validators say of numbers.</summary>
public static class DecimalRules
{
    /// <summary>A number has at most so many decimals: <c>too-many-decimals</c>.</summary>
    public static void MustHaveAtMostDecimals<T>(this IRuleBuilder<T, decimal?> rule, int decimals) =>
        rule.PrecisionScale(int.MaxValue, decimals, ignoreTrailingZeros: true)
            .WithErrorCode("too-many-decimals")
            .WithMessage($"{{PropertyName}} may have at most {decimals} decimals.");
}
