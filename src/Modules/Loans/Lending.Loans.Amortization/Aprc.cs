using System.Runtime.InteropServices;

namespace Lending.Loans.Amortization;

/// <summary>Equal payments at equal distances; a single payment is a run of one.</summary>
/// <param name="Amount">What the customer gets; negative: what the customer pays.</param>
/// <param name="Years">When the first one is paid, in years after the first payout.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Distance">The years from one to the next.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CashFlow(double Amount, double Years, int Count = 1, double Distance = 0);

/// <summary>
/// The annual percentage rate of charge X of Directives 2008/48/EC and 2014/17/EU, annex I: the rate at which what the customer gets and
/// what the customer pays have the same present value, Σ C·(1+X)^−t = Σ D·(1+X)^−s. See decision record 0033.
/// </summary>
public static class Aprc
{
    /// <summary>The highest X that is told, a billion percent; beyond it what is paid at once is nearly the whole credit.</summary>
    internal const double MaximumRate = 1e7;

    private static readonly double _maximumLogRate = Math.Log(1 + MaximumRate);

    // X of −99.99999 %.
    private const double MinimumLogRate = -16;

    /// <summary>
    /// Finds X, as a fraction: 0.06 is 6 %. It is negative where less is paid than was got. False where there is none: where what is paid
    /// at the start is as much as the credit (X would be infinite), or nearly so, and where nothing is paid or nothing got.
    /// </summary>
    /// <param name="flows">All that is got and paid.</param>
    /// <param name="rate">X.</param>
    /// <param name="guess">A rate to start from; any is good, a near one is quick.</param>
    public static bool TryOf(ReadOnlySpan<CashFlow> flows, out double rate, double guess = 0)
    {
        rate = 0;
        var (atZero, slopeAtZero) = PresentValue(flows, 0);
        var scale = 0d;
        foreach (var flow in flows)
        {
            scale += Math.Max(0, flow.Amount) * flow.Count;
        }

        // Far less than a minor unit of the largest loan.
        if (Math.Abs(atZero) <= 1e-12 * scale)
        {
            return slopeAtZero != 0;
        }

        // y = ln(1+X). With one payout F(y) = Σ C·e^(−yt) − Σ D·e^(−ys) rises with y, so the sign at 0 tells on which side the root is.
        var (low, high) = atZero < 0 ? (0d, 0.5) : (-0.5, 0d);
        while (atZero < 0 && PresentValue(flows, high).Value < 0)
        {
            if (high >= _maximumLogRate)
            {
                return false;
            }

            (low, high) = (high, Math.Min(2 * high, _maximumLogRate));
        }

        while (atZero > 0 && PresentValue(flows, low).Value > 0)
        {
            if (low <= MinimumLogRate)
            {
                return false;
            }

            (low, high) = (2 * low, low);
        }

        var y = Math.Log(1 + guess);
        if (y <= low || y >= high)
        {
            y = (low + high) / 2;
        }

        // Newton's method; a step that leaves the bracket, which always holds a change of sign, halves the bracket instead.
        for (var iteration = 0; iteration < 200; iteration++)
        {
            var (value, slope) = PresentValue(flows, y);
            (low, high) = value < 0 ? (y, high) : (low, y);
            var next = y - value / slope;
            if (!(next >= low && next <= high))
            {
                next = (low + high) / 2;
            }

            if (Math.Abs(next - y) <= 1e-15 * Math.Max(1, Math.Abs(y)))
            {
                y = next;
                break;
            }

            y = next;
        }

        rate = Math.Exp(y) - 1;
        return true;
    }

    /// <summary>
    /// The time between two dates in years, as annex I counts it: whole months back from the later one, and the days left over as a part
    /// of the year (365 or 366 days) that ends with them.
    /// </summary>
    internal static double Years(DateOnly from, DateOnly to)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        var interval = CalendarInterval.Back(from, to);
        return interval.Months / 12d
            + (interval.Days == 0 ? 0 : interval.Days / (double)(interval.DaysEnd.DayNumber - interval.DaysEnd.AddYears(-1).DayNumber));
    }

    /// <summary>F(y) = Σ amount·e^(−y·years), and its derivative.</summary>
    private static (double Value, double Slope) PresentValue(ReadOnlySpan<CashFlow> flows, double y)
    {
        var value = 0d;
        var slope = 0d;
        foreach (var flow in flows)
        {
            var discounted = flow.Amount * Math.Exp(-y * flow.Years);
            value += discounted;
            slope -= flow.Years * discounted;
            if (flow.Count > 1)
            {
                var factor = Math.Exp(-y * flow.Distance);
                for (var index = 1; index < flow.Count; index++)
                {
                    discounted *= factor;
                    value += discounted;
                    slope -= (flow.Years + index * flow.Distance) * discounted;
                }
            }
        }

        return (value, slope);
    }
}
