namespace Lending.Kernel;

/// <summary>Decimal numbers as they are stored.</summary>
public static class Decimals
{
    /// <summary>The same value without zeros at its end, so that equal values are stored equally: 4.9 for 4.90.</summary>
    public static decimal WithoutTrailingZeros(this decimal value) => value / 1.0000000000000000000000000000m;
}
