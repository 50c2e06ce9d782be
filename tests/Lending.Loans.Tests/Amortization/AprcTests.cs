using Lending.Loans.Amortization;

namespace Lending.Loans.Tests.Amortization;

public sealed class AprcTests
{
    private const double Month = 1 / 12d;

    // European Commission (DG FISMA), examples of the calculation of the APRC, 2015, by their numbers. Those that are not here either repeat
    // another one's cash flows or are printed with rounded instalments that do not reproduce their own sixth decimal.
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
            { "35", 5.583621 },
            { "36", 15.10627 },
            { "37", 16.991403 },
            { "38", 19.429412 },
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
            "2, yearly" => Mortgage(
                new CashFlow(-16_541.86, Aprc.Years(new(2015, 1, 1), new(2015, 2, 4), IntervalUnit.Years), 20, Distance: 1)
            ),
            "3" => Mortgage(Paid(1432.86 + 16.67, 1, 240)),
            "4" => Mortgage(Paid(1432.86 + 166.67, 1, 240)),
            "5" => Mortgage(Paid(1490.18, 1, 240)),
            "6" => Mortgage(Paid(1432.86, 1, 240), Paid(100, 240)),
            "7" => Mortgage(Paid(1199.10, 1, 180), Paid(142_097.69, 180)),
            "8" => Mortgage(Paid(1166.67, 1, 240), Paid(200_000, 240)),
            "8, part 2" => Mortgage(Paid(1166.67, 1, 6), Paid(1398.33, 7, 234), Paid(200_000, 240)),
            "9" => Mortgage([.. Enumerable.Range(0, 20).Select(year => Paid(Cents(1130.33 * Math.Pow(1.03, year)), 1 + 12 * year, 12))]),
            "10" => Mortgage([.. Enumerable.Range(0, 20).Select(year => Paid(Cents(1778.58 * Math.Pow(0.97, year)), 1 + 12 * year, 12))]),
            "11" => Mortgage(Paid(1500, 1, 220), Paid(407.70, 221)),
            "12" => Mortgage(Repaid(200_000, (owed, _) => Math.Min(900, owed), 0.005)),
            "13" => Mortgage(Repaid(200_000, (_, _) => 200_000 / 240d, 0.005, months: 240)),
            "14" => Mortgage(Repaid(200_000, (owed, _) => Math.Min(owed, Math.Max(0.02 * owed, 100)), 0.005)),
            "15" => Mortgage(
                Repaid(200_000, (owed, _) => Math.Min(1.005 * owed, Math.Max(0.02 * 1.005 * owed, 300)) - 0.005 * owed, 0.005)
            ),
            "17" => Mortgage(Repaid(200_000, (owed, month) => month == 180 ? owed : Math.Max(0.02 * owed, 100), 0.005)),
            "18, case 1" => Mortgage(Paid(1429.01, 1, 240, Aprc.Years(new(2015, 1, 1), new(2015, 1, 15)))),
            "18, case 2" => Mortgage(Paid(1437.54, 1, 240, Aprc.Years(new(2016, 1, 1), new(2016, 2, 21)))),
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
            "35" => [Got(3_000), Paid(60, 0), Paid(100, 3), Paid(3_000, 12)],
            "36" => [Got(3_000), Paid(60, 0), Paid(25, 1), .. Overdraft(3_000, 0, 12, 1.09)],
            "37" => [Got(1_500), Paid(30, 0), Paid(25, 1), .. Overdraft(1_500, 0, 12, 1.09)],
            "38" => [Got(3_000), Paid(60, 0), Paid(24.12, 1, 3), Paid(3_000, 3)],
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
        var flows = new List<CashFlow>();
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
}
