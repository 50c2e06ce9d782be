using Lending.Kernel;

namespace Lending.Loans.Amortization;

/// <summary>Amounts as whole numbers of minor units, in which schedules are computed: exact, and much quicker than decimals.</summary>
internal static class MinorUnits
{
    public static long Of(decimal amount, Currency currency) =>
        decimal.ToInt64(
            currency.MinorUnitDigits switch
            {
                0 => amount,
                2 => amount * 100,
                _ => amount / currency.MinorUnit,
            }
        );

    /// <summary>The amount in the currency's scale: 25000 units of EUR are 250.00.</summary>
    public static decimal Amount(long units, Currency currency) =>
        new((int)Math.Abs(units), (int)(Math.Abs(units) >> 32), 0, units < 0, (byte)currency.MinorUnitDigits);
}
