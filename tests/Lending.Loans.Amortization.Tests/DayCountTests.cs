using System.Globalization;
using static Lending.Loans.Amortization.Tests.Loans;

namespace Lending.Loans.Amortization.Tests;

public sealed class DayCountTests
{
    // ISDA, EMU and market conventions: recent developments, 1998: the semi-annual, the long and the short periods of its examples.
    [Theory]
    [InlineData("2003-11-01", "2004-05-01", "actual/actual-isda", 0.497724380567)]
    [InlineData("2003-11-01", "2004-05-01", "actual/actual-icma", 0.5)]
    [InlineData("1999-02-01", "1999-07-01", "actual/actual-isda", 0.410958904110)]
    [InlineData("1999-07-01", "2000-07-01", "actual/actual-isda", 1.001377348604)]
    [InlineData("2002-08-15", "2003-07-15", "actual/actual-isda", 0.915068493151)]
    [InlineData("2003-07-15", "2004-01-15", "actual/actual-isda", 0.504004790778)]
    [InlineData("1999-07-30", "2000-01-30", "actual/actual-isda", 0.503892506924)]
    [InlineData("1999-11-30", "2000-04-30", "actual/actual-isda", 0.415540085336)]
    public void Counts_the_published_periods(string from, string to, string name, double years) =>
        Years(name, from, to).ShouldBe((decimal)years, 0.0000000000006m);

    [Theory]
    [InlineData("2007-02-28", "2007-08-31", "30/360", 183)]
    [InlineData("2007-02-28", "2007-08-31", "30E/360", 182)]
    [InlineData("2007-01-15", "2007-01-30", "30/360", 15)]
    [InlineData("2007-01-15", "2007-02-15", "30/360", 30)]
    [InlineData("2007-01-15", "2007-07-15", "30E/360", 180)]
    [InlineData("2007-09-30", "2008-03-31", "30/360", 180)]
    [InlineData("2007-09-30", "2008-03-31", "30E/360", 180)]
    [InlineData("2007-09-30", "2007-10-31", "30/360", 30)]
    [InlineData("2007-01-31", "2007-02-28", "30/360", 28)]
    [InlineData("2007-01-31", "2007-02-28", "30E/360", 28)]
    [InlineData("2006-08-31", "2007-02-28", "30/360", 178)]
    [InlineData("2007-02-26", "2008-02-29", "30/360", 363)]
    [InlineData("2008-02-29", "2009-02-28", "30E/360", 359)]
    [InlineData("2007-01-15", "2007-01-31", "30/360", 16)]
    [InlineData("2007-01-15", "2007-01-31", "30E/360", 15)]
    [InlineData("2008-02-29", "2009-02-28", "actual/360", 365)]
    public void Counts_360_days_a_year(string from, string to, string name, int days) => Years(name, from, to).ShouldBe(days / 360m);

    [Fact]
    public void Counts_365_days_a_year_even_in_leap_years() => Years("actual/365f", "2024-01-01", "2025-01-01").ShouldBe(366 / 365m);

    // The month that the days lie in ends with them; it has 31 days here, from 1 January on.
    [Theory]
    [InlineData("2024-01-15", "2024-02-01", 17, 372)]
    [InlineData("2024-01-15", "2024-04-01", 17 + 2 * 31, 372)]
    [InlineData("2024-02-15", "2024-03-01", 15, 348)]
    [InlineData("2024-01-31", "2024-02-29", 1, 12)]
    public void Icma_takes_days_as_a_part_of_their_month(string from, string to, int numerator, int denominator) =>
        Years("actual/actual-icma", from, to).ShouldBe((decimal)numerator / denominator);

    [Fact]
    public void Nothing_lies_between_a_day_and_itself() =>
        DayCounts.Names.ShouldAllBe(name => Years(name, "2024-02-29", "2024-02-29") == 0);

    [Fact]
    public void Dates_in_the_wrong_order_are_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Years("30/360", "2024-02-02", "2024-02-01"));

    [Fact]
    public void Names_are_found_again()
    {
        foreach (var dayCount in Enum.GetValues<DayCount>())
        {
            DayCounts.TryFind(dayCount.Name(), out var found).ShouldBeTrue();
            found.ShouldBe(dayCount);
        }

        DayCounts.TryFind("30/365", out _).ShouldBeFalse();
        DayCounts.TryFind(null, out _).ShouldBeFalse();

        foreach (var method in Enum.GetValues<ScheduleMethod>())
        {
            ScheduleMethods.TryFind(method.Name(), out var found).ShouldBeTrue();
            found.ShouldBe(method);
        }

        ScheduleMethods.TryFind("annuity", out _).ShouldBeFalse();
    }

    // Example 2 of the European Commission with each day count for its three days: 200,000 · 6 % · (1/12 + days).
    [Theory]
    [InlineData("30/360", 3 / 360d)]
    [InlineData("actual/365f", 3 / 365d)]
    [InlineData("actual/actual-isda", 3 / 365d)]
    [InlineData("actual/actual-icma", 3 / 372d)]
    public void The_days_of_the_first_period_are_counted_by_their_own_day_count(string name, double years)
    {
        DayCounts.TryFind(name, out var stub).ShouldBeTrue();
        var terms = Loan(200_000, 6, 240) with
        {
            Method = ScheduleMethod.DecliningBalance,
            StubDayCount = stub,
            PayoutDate = new(2015, 1, 1),
            FirstDueDate = new(2015, 2, 4),
        };

        Quote(terms).Schedule()[0].Interest.ShouldBe(decimal.Round((decimal)(200_000 * 0.06 * (1 / 12d + years)), 2));
    }

    // Due on 31 January, 28 February and 31 March.
    [Theory]
    [InlineData("30/360", new[] { 500.00, 500.00, 500.00 })]
    [InlineData("30E/360", new[] { 500.00, 500.00, 500.00 })]
    [InlineData("actual/365f", new[] { 509.59, 460.27, 509.59 })]
    [InlineData("actual/360", new[] { 516.67, 466.67, 516.67 })]
    [InlineData("actual/actual-isda", new[] { 509.59, 460.27, 509.59 })]
    [InlineData("actual/actual-icma", new[] { 500.00, 500.00, 500.00 })]
    public void Months_are_twelfths_or_days(string name, double[] interest)
    {
        DayCounts.TryFind(name, out var dayCount).ShouldBeTrue();
        var terms = Loan(100_000, 6, 4) with
        {
            DayCount = dayCount,
            InterestOnlyMonths = 3,
            PayoutDate = new(2025, 12, 31),
            FirstDueDate = new(2026, 1, 31),
        };

        Quote(terms).Schedule().Take(3).Select(row => (double)row.Interest).ShouldBe(interest);
    }

    private static decimal Years(string name, string from, string to)
    {
        DayCounts.TryFind(name, out var dayCount).ShouldBeTrue();
        return dayCount
            .YearFraction(DateOnly.Parse(from, CultureInfo.InvariantCulture), DateOnly.Parse(to, CultureInfo.InvariantCulture))
            .Value;
    }
}
