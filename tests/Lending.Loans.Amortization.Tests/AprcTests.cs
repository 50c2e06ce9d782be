using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Lending.Loans.Amortization.Tests;

public sealed class AprcTests
{
    private const double Month = 1 / 12d;

    // European Commission (DG FISMA), examples of the calculation of the APRC, 2015, by their numbers. 16, 25 and the first part of 24 and 33
    // repeat the cash flows of others; the published APRC of 35 to 38 does not follow from their published payments (by up to 0.00016).
    public static TheoryData<string, double> Examples { get; } =
        new()
        {
            { "1", 6.434412 },
            { "2, case 1", 6.434185 },
            { "2, case 2", 6.434111 },
            { "2, yearly", 6.282070 },
            { "3", 6.588554 },
            { "4", 7.946625 },
            { "5", 6.961575 },
            { "6", 6.436359 },
            { "7", 6.409523 },
            { "8", 7.430479 },
            { "8, part 2", 8.869280 },
            { "9", 6.406400 },
            { "10", 6.468360 },
            { "11", 6.452756 },
            { "12", 6.492533 },
            { "13", 6.476009 },
            { "14", 6.818859 },
            { "15", 6.695965 },
            { "17", 6.822923 },
            { "18, case 1", 6.435937 },
            { "18, case 2", 6.432478 },
            { "19", 6.523259 },
            { "20", 6.190654 },
            { "21, part 1", 5.853526 },
            { "21, part 2", 7.199734 },
            { "22, case 1, part 1", 6.134668 },
            { "22, case 1, part 2", 7.093592 },
            { "22, case 2, part 1", 6.041228 },
            { "22, case 2, part 2", 7.379073 },
            { "23, part 1", 5.370286 },
            { "23, part 2", 7.597578 },
            { "24, part 2", 5.635609 },
            { "26, part 1", 6.237362 },
            { "26, part 2", 6.925014 },
            { "27", 6.434402 },
            { "28", 5.396096 },
            { "29", 5.682613 },
            { "30, part 1", 7.302956 },
            { "30, part 2", 8.611320 },
            { "31, part 1", 11.164789 },
            { "31, part 2", 11.542158 },
            { "32, part 1", 13.063818 },
            { "32, part 2", 13.945824 },
            { "33, part 2", 12.625685 },
            { "34", 11.415822 },
            { "39", 13.494231 },
            { "40", 12.206644 },
            { "41", 12.573788 },
            { "42", 10.039962 },
            { "43", 8.269278 },
            { "44", 3.470057 },
        };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Reproduces_the_examples_of_the_European_Commission(string example, double percent)
    {
        Aprc.TryOf(Flows(example), out var rate).ShouldBeTrue();

        (100 * rate).ShouldBe(percent, 1e-5);
    }

    private static CashFlow[] Flows(string example) =>
        example switch
        {
            "1" => Mortgage(Paid(1432.86, 1, 240)),
            "2, case 1" => Mortgage(Paid(1433.57, 1, 240, Aprc.Years(new(2015, 1, 1), new(2015, 2, 4)))),
            "2, case 2" => Mortgage(Paid(1433.56, 1, 240, Aprc.Years(new(2016, 3, 1), new(2016, 4, 4)))),
            "2, yearly" => Mortgage(new CashFlow(-16_541.86, 34 / 365d, 20, Distance: 1)),
            "3" => Mortgage(Paid(1432.86 + 16.67, 1, 240)),
            "4" => Mortgage(Paid(1432.86 + 166.67, 1, 240)),
            "5" => Mortgage(Paid(1490.18, 1, 240)),
            "6" => Mortgage(Paid(1432.86, 1, 240), Paid(100, 240)),
            "7" => Mortgage(Paid(1199.10, 1, 180), Paid(142_097.69, 180)),
            "8" => Mortgage(Paid(1166.67, 1, 240), Paid(200_000, 240)),
            "8, part 2" => Mortgage(Paid(1166.67, 1, 6), Paid(1398.33, 7, 234), Paid(200_000, 240)),
            "9" => Mortgage(Growing(1.03)),
            "10" => Mortgage(Growing(0.97)),
            "11" => Mortgage(Paid(1500, 1, 220), Paid(407.70, 221)),
            "12" => Mortgage(Repaid(200_000, (owed, _) => Math.Min(900, owed), 0.005)),
            "13" => Mortgage(Repaid(200_000, (_, _) => 200_000 / 240d, 0.005, months: 240)),
            "14" => Mortgage(Repaid(200_000, (owed, _) => Math.Min(owed, Math.Max(0.02 * owed, 100)), 0.005)),
            "15" => Mortgage(
                Repaid(200_000, (owed, _) => Math.Min(1.005 * owed, Math.Max(0.02 * 1.005 * owed, 300)) - 0.005 * owed, 0.005)
            ),
            "17" => Mortgage(Repaid(200_000, (owed, month) => month == 180 ? owed : Math.Max(0.02 * owed, 100), 0.005)),
            "18, case 1" => Mortgage(Paid(1429.01, 1, 240, Aprc.Years(new(2015, 1, 1), new(2015, 1, 15)))),
            "18, case 2" => Mortgage(Paid(1437.54, 1, 240, Aprc.Years(new(2016, 3, 1), new(2016, 4, 21)))),
            "19" => Mortgage([
                .. Repaid(200_000, (_, _) => 200_000 / 240d, 0.005, months: 240),
                .. Enumerable.Range(0, 10).Select(index => Paid(100, 1 + 24 * index)),
            ]),
            "20" => Mortgage(Paid(1319.91, 1, 24), Paid(1423.41, 25, 216)),
            "21, part 1" => Mortgage(Paid(1319.91, 1, 9), Paid(1374.06, 10, 231)),
            "21, part 2" => Mortgage(Paid(1319.91, 1, 9), Paid(1530.61, 10, 231)),
            "22, case 1, part 1" => Mortgage(Paid(1349.91, 1, 9), Paid(1404.06, 10, 231)),
            "22, case 1, part 2" => Mortgage(Paid(1349.91, 1, 9), Paid(1515.81, 10, 231)),
            "22, case 2, part 1" => Mortgage(Paid(1339.91, 1, 9), Paid(1394.06, 10, 231)),
            "22, case 2, part 2" => Mortgage(Paid(1339.91, 1, 9), Paid(1550.61, 10, 231)),
            "23, part 1" => Mortgage(Paid(1319.91, 1, 240)),
            "23, part 2" => Mortgage(Paid(1319.91, 1, 9), Paid(1578.43, 10, 231)),
            "24, part 2" => Mortgage(Paid(1319.91, 1, 60), Paid(166_909.73, 60)),
            "26, part 1" => Mortgage(Paid(1660.94, 1, 180)),
            "26, part 2" => Mortgage(Paid(1660.94, 1, 6), Paid(1734.38, 7, 174)),
            "27" => [Got(170_000), Paid(3_400, 0), Paid(1217.93, 1, 240)],
            "28" => [Got(200_000), Paid(4_008, 0), Paid(Cents(1319.91 * 1.002), 1, 240)],
            "29" => [Got(200_000), Paid(4_008, 0), Paid(Cents(1349.91 * 1.002), 1, 240)],
            "30, part 1" => [Got(30_000), Paid(600, 0), Paid(169.62, 1, 60), .. Overdraft(30_000, 60, 120, 1.07)],
            "30, part 2" => [Got(30_000), Paid(600, 0), Paid(169.62, 1, 6), Paid(202.09, 7, 54), .. Overdraft(30_000, 60, 120, 1.0839)],
            "31, part 1" => [Got(30_000), Paid(600, 0), .. Overdraft(30_000, 0, 12, 1.07)],
            "31, part 2" => [Got(30_000), Paid(600, 0), .. Overdraft(30_000, 0, 12, 1.07, 1.0839)],
            "32, part 1" => Drawdowns(1.07),
            "32, part 2" => Drawdowns(1.0839),
            "33, part 2" => [Got(30_000), Paid(600, 0), .. Overdraft(30_000, 0, 12, 1.0839)],
            "34" => [Got(1_500), Paid(30, 0), .. Overdraft(1_500, 0, 9, 1.075), Got(1_500, 9), .. Overdraft(1_500, 9, 3, 1.075)],
            "39" => [Got(3_000), Paid(60, 0), Paid(3_132.09, 6)],
            "40" => Mortgage(Paid(207_618.17, 6)),
            "41" => Mortgage(Paid(7_500, 0), Paid(200_000, 6)),
            "42" => Mortgage(Paid(1_250, 1, 12), Paid(200_000, 12)),
            "43" => [Paid(150, -12), Got(30_000), Paid(450, 0), Paid(356.11, 1, 120)],
            "44" => Mortgage(Paid(1111.11, 1, 60), Paid(1349.94, 61, 120), Paid(32_075.08, 180)),
            _ => throw new ArgumentOutOfRangeException(nameof(example), example, "No such example."),
        };

    private static CashFlow Got(double amount, int month = 0) => new(amount, month * Month);

    private static CashFlow Paid(double amount, int month, int count = 1, double? years = null) =>
        new(-amount, years ?? month * Month, count, Month);

    private static CashFlow[] Mortgage(params CashFlow[] payments) => [Got(200_000), Paid(4_000, 0), .. payments];

    private static double Cents(double amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    private static CashFlow[] Repaid(double owed, Func<double, int, double> principal, double monthlyRate, int months = int.MaxValue)
    {
        var flows = new List<CashFlow>();
        for (var month = 1; owed > 1e-6 && month <= months; month++)
        {
            var repaid = principal(owed, month);
            flows.Add(Paid(Cents(repaid + owed * monthlyRate), month));
            owed -= repaid;
        }

        return [.. flows];
    }

    /// <summary>Examples 9 and 10: payments that grow each year and repay 200,000 at 6 % over 240 months.</summary>
    private static CashFlow[] Growing(double growth)
    {
        var first = 200_000 / Enumerable.Range(1, 240).Sum(month => Math.Pow(growth, (month - 1) / 12) * Math.Pow(1.005, -month));
        return [.. Enumerable.Range(0, 20).Select(year => Paid(Cents(first * Math.Pow(growth, year)), 1 + 12 * year, 12))];
    }

    /// <summary>Equal parts of a credit, with interest by an effective rate, which may change after half the time.</summary>
    private static IEnumerable<CashFlow> Overdraft(double owed, int after, int months, double growth, double? laterGrowth = null)
    {
        var part = owed / months;
        for (var month = 1; month <= months; month++)
        {
            var rate = Math.Pow(2 * month > months ? laterGrowth ?? growth : growth, Month) - 1;
            yield return Paid(Cents(part + owed * rate), after + month);
            owed -= part;
        }
    }

    /// <summary>Example 32: three payouts within a year, each repaid in equal parts until its end.</summary>
    private static CashFlow[] Drawdowns(double laterGrowth)
    {
        var flows = new List<CashFlow> { Paid(600, 0) };
        var owed = 0d;
        var part = 0d;
        for (var month = 0; month < 12; month++)
        {
            var drawn = month switch
            {
                0 or 3 => 7_500,
                6 => 15_000,
                _ => 0,
            };
            flows.Add(Got(drawn, month));
            owed += drawn;
            part += drawn / (12d - month);
            var rate = Math.Pow(month < 6 ? 1.07 : laterGrowth, Month) - 1;
            flows.Add(Paid(Cents(part + owed * rate), month + 1));
            owed -= part;
        }

        return [.. flows];
    }

    // What is demanded of the equation, whatever is paid when.
    [Fact]
    public void The_equation_holds_for_any_cash_flows() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2_000),
            Prop.ForAll(
                _anyFlows.ToArbitrary(),
                flows =>
                {
                    Aprc.TryOf(flows, out var rate).ShouldBeTrue();

                    Math.Abs(flows.Sum(flow => PresentValue(flow, rate))).ShouldBeLessThan(1e-9 * flows[0].Amount);
                }
            )
        );

    [Fact]
    public void Less_paid_than_got_is_a_negative_rate()
    {
        Aprc.TryOf([Got(1_000), Paid(990, 12)], out var rate).ShouldBeTrue();
        rate.ShouldBe(-0.01, 1e-12);

        Aprc.TryOf([Got(1_000), Paid(1, 600)], out rate).ShouldBeTrue();
        rate.ShouldBe(Math.Pow(0.001, 1 / 50d) - 1, 1e-12);
    }

    [Fact]
    public void As_much_paid_as_got_is_no_rate_at_all()
    {
        Aprc.TryOf([Got(1_000), Paid(250, 1, 4)], out var rate, guess: 0.3).ShouldBeTrue();
        rate.ShouldBe(0);
    }

    [Fact]
    public void It_is_not_capped()
    {
        // A payday loan of 16 days: (319.98 / 250) ^ (365 / 16) − 1.
        Aprc.TryOf([Got(250), new CashFlow(-319.98, Aprc.Years(new(2015, 3, 1), new(2015, 3, 17)))], out var rate).ShouldBeTrue();

        rate.ShouldBe(Math.Pow(319.98 / 250, 365 / 16d) - 1, 1e-6);
        rate.ShouldBeGreaterThan(270);
    }

    // The rate would be infinite, or minus one.
    [Fact]
    public void There_is_none_where_the_credit_is_paid_back_at_once_or_never()
    {
        Aprc.TryOf([Got(1_000), Paid(1_000, 0), Paid(10, 1)], out _).ShouldBeFalse();
        Aprc.TryOf([Got(1_000), Paid(1_500, 0)], out _).ShouldBeFalse();
        Aprc.TryOf([Got(1_000), Paid(1_000, 0)], out _).ShouldBeFalse();
        Aprc.TryOf([Got(1_000), Paid(999.999999, 0), Paid(100, 1)], out _).ShouldBeFalse();
        Aprc.TryOf([Got(1_000)], out _).ShouldBeFalse();
        Aprc.TryOf([Paid(1_000, 1)], out _).ShouldBeFalse();
    }

    // Annex I, remark (c): 12 equal months, 52 weeks, 365 or 366 days; equal periods and then days are counted back from the payment.
    [Theory]
    [InlineData("2015-01-01", "2015-02-01", 1 / 12d)]
    [InlineData("2015-01-12", "2015-03-15", 2 / 12d + 3 / 365d)]
    [InlineData("2012-01-12", "2012-04-15", 3 / 12d + 3 / 365d)] // the year back from 15 January 2012 has no 29 February
    [InlineData("2016-03-01", "2016-04-04", 1 / 12d + 3 / 366d)]
    [InlineData("2015-01-31", "2015-02-28", 1 / 12d)]
    [InlineData("2015-01-31", "2015-03-31", 2 / 12d)]
    [InlineData("2015-02-28", "2015-03-31", 1 / 12d)]
    [InlineData("2015-05-05", "2015-05-05", 0)]
    public void Intervals_are_counted_as_the_Directive_says(string from, string to, double years) =>
        Aprc.Years(DateOnly.Parse(from, CultureInfo.InvariantCulture), DateOnly.Parse(to, CultureInfo.InvariantCulture))
            .ShouldBe(years, 1e-15);

    private static readonly Gen<CashFlow[]> _anyFlows =
        from count in Gen.Choose(1, 40)
        from paid in Gen.Choose(1, 100_000).ArrayOf(count)
        from days in Gen.Choose(1, 10_000).ArrayOf(count)
        from runs in Gen.Choose(1, 60).ArrayOf(count)
        from surplus in Gen.Choose(-500, 3_000)
        let flows = paid.Select((amount, index) => new CashFlow(-amount, days[index] / 365d, runs[index], Month))
        select (CashFlow[])[new CashFlow(-flows.Sum(flow => flow.Amount * flow.Count) / (1 + surplus / 1000d), 0), .. flows];

    private static double PresentValue(CashFlow flow, double rate) =>
        Enumerable.Range(0, flow.Count).Sum(index => flow.Amount * Math.Pow(1 + rate, -(flow.Years + index * flow.Distance)));
}
