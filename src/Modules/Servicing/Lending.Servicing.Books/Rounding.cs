using Lending.Kernel;

namespace Lending.Servicing.Books;

/// <summary>When the interest of a period is rounded, in which the balance may change.</summary>
public enum InterestRounding
{
    /// <summary>Once: what is posted is q(exact so far) less what was posted before. Ours.</summary>
    Cumulative,

    /// <summary>For each stretch with one balance and one rate, and then summed, as Apache Fineract does.</summary>
    EachBalance,

    /// <summary>For each day, and then summed.</summary>
    EachDay,
}

/// <summary>Amounts in whole minor units of a currency, rounded in a named way.</summary>
internal readonly record struct Rounding(Currency Currency, MidpointRounding Mode)
{
    // Thirds of a year have no end as decimals: below this scale is noise, which must not turn a tie.
    private const int ExactDigits = 14;

    public decimal Of(decimal exact) =>
        decimal.Round(decimal.Round(exact, ExactDigits, MidpointRounding.ToEven), Currency.MinorUnitDigits, Mode) + Currency.Zero;

    /// <summary>The largest multiple that is not more than the amount.</summary>
    public static decimal Down(decimal amount, decimal multiple) => Math.Floor(amount / multiple) * multiple;

    /// <summary>The nearest multiple, or the next one above.</summary>
    public static decimal ToMultiple(decimal exact, decimal multiple, bool up)
    {
        var count = decimal.Round(exact / multiple, ExactDigits, MidpointRounding.ToEven);
        return (up ? Math.Ceiling(count) : decimal.Round(count, MidpointRounding.ToEven)) * multiple;
    }
}
