using System.Numerics;

namespace Lending.Loans.Amortization;

/// <summary>
/// The level payment in arrears that repays a loan: a = P / s, where s = v(1) + v(1)·v(2) + … is the present value of payments of 1 and
/// v(k) = 1 / (1 + rate · period). It is the spreadsheet function PMT where all periods are alike (OpenFormula, OpenDocument 1.2, part 2),
/// and P/n at rate 0 with no special case.
/// </summary>
/// <remarks>
/// Values are minor units with 96 binary digits behind the point, discount factors have 128. In the whole box a balance is off by less
/// than 2^−54 of a minor unit (600 steps of 2^−96, relative to a present value of more than ½, times less than 2^31 units), so that
/// exact ties, taken as such within 2^−48, round to even.
/// </remarks>
internal static class Annuity
{
    private const int FractionBits = 96;
    private static readonly UInt128 _one = UInt128.One << FractionBits;
    private static readonly UInt128 _half = UInt128.One << (FractionBits - 1);
    private static readonly UInt128 _noise = UInt128.One << (FractionBits - 48);

    public static UInt128 Exact(long units) => (UInt128)units << FractionBits;

    /// <summary>v(k) for each period.</summary>
    public static void FillDiscountFactors(long rate, ReadOnlySpan<YearFraction> periods, Span<UInt128> factors)
    {
        for (var index = 0; index < periods.Length; index++)
        {
            // Months are mostly like the one before, or like the same month of the year before.
            factors[index] =
                index > 0 && periods[index] == periods[index - 1] ? factors[index - 1]
                : index > 11 && periods[index] == periods[index - 12] ? factors[index - 12]
                : Periods.DiscountFactor(rate, periods[index]);
        }
    }

    /// <summary>a, unrounded.</summary>
    public static UInt128 Payment(UInt128 balance, ReadOnlySpan<UInt128> discountFactors) =>
        Payment(balance, PresentValue(discountFactors));

    /// <summary>a, unrounded, where s is known.</summary>
    public static UInt128 Payment(UInt128 balance, UInt128 presentValue) => (UInt128)(((BigInteger)balance << FractionBits) / presentValue);

    /// <summary>s.</summary>
    public static UInt128 PresentValue(ReadOnlySpan<UInt128> discountFactors)
    {
        var presentValue = UInt128.Zero;
        for (var index = discountFactors.Length - 1; index >= 0; index--)
        {
            presentValue = Discount(presentValue + _one, discountFactors[index]);
        }

        return presentValue;
    }

    /// <summary>s, for periods at one rate.</summary>
    public static UInt128 PresentValue(long rate, ReadOnlySpan<YearFraction> periods)
    {
        Span<UInt128> discountFactors = stackalloc UInt128[periods.Length];
        FillDiscountFactors(rate, periods, discountFactors);
        return PresentValue(discountFactors);
    }

    /// <summary>A = q(a).</summary>
    public static long RoundedPayment(long balance, UInt128 presentValue) => Round(Payment(Exact(balance), presentValue));

    /// <summary>The product of a value and a discount factor.</summary>
    public static UInt128 Discount(UInt128 value, UInt128 factor)
    {
        var (high, low) = ((ulong)(value >> 64), (ulong)value);
        var (factorHigh, factorLow) = ((ulong)(factor >> 64), (ulong)factor);
        var cross = Math.BigMul(high, factorLow);
        var otherCross = Math.BigMul(low, factorHigh);
        var carry = (UInt128)Math.BigMul(low, factorLow, out _) + (ulong)cross + (ulong)otherCross;
        return Math.BigMul(high, factorHigh) + (cross >> 64) + (otherCross >> 64) + (carry >> 64);
    }

    /// <summary>Rounds half to even to whole minor units.</summary>
    public static long Round(UInt128 value)
    {
        var whole = (long)(value >> FractionBits);
        var fraction = value & (_one - 1);
        var isTie = fraction + _noise >= _half && fraction <= _half + _noise;
        return (isTie ? long.IsOddInteger(whole) : fraction > _half) ? whole + 1 : whole;
    }
}
