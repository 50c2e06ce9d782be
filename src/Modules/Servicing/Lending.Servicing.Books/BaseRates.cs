using Lending.Loans.Amortization;

namespace Lending.Servicing.Books;

/// <summary>A base rate and the days for which it is known to hold.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day. Nothing is said about the days after it.</param>
/// <param name="Percent">The rate; may be negative.</param>
/// <param name="Source">Where it was published.</param>
public sealed record BaseRate(DateOnly From, DateOnly To, decimal Percent, string Source);

/// <summary>
/// Base rates in the order of time. A day without one has none: nothing is guessed from the half-year before, and who needs it learns that it is missing.
/// </summary>
public sealed class BaseRates
{
    private readonly BaseRate[] _rates;

    /// <summary>Base rates in any order.</summary>
    /// <exception cref="ArgumentException">Two hold on one day, or one ends before it begins.</exception>
    public BaseRates(IEnumerable<BaseRate> rates)
    {
        _rates = [.. rates.OrderBy(rate => rate.From)];
        for (var index = 0; index < _rates.Length; index++)
        {
            if (_rates[index].To < _rates[index].From || (index > 0 && _rates[index - 1].To >= _rates[index].From))
            {
                throw new ArgumentException("Base rates overlap, or end before they begin.", nameof(rates));
            }
        }
    }

    /// <summary>No base rates.</summary>
    public static BaseRates None { get; } = new([]);

    /// <summary>
    /// § 247 BGB as published by the Deutsche Bundesbank, as far as this project has checked it (SERVICING.md of the project lists the sources).
    /// </summary>
    public static BaseRates Germany { get; } =
        new([
            HalfYears(2016, 2, 2022, 2, -0.88m),
            HalfYears(2023, 1, 2023, 1, 1.62m),
            HalfYears(2023, 2, 2023, 2, 3.12m),
            HalfYears(2024, 1, 2024, 1, 3.62m),
            HalfYears(2024, 2, 2024, 2, 3.37m),
            HalfYears(2025, 1, 2025, 1, 2.27m),
            HalfYears(2025, 2, 2026, 1, 1.27m),
            HalfYears(2026, 2, 2026, 2, 1.52m),
        ]);

    /// <summary>All of them.</summary>
    public IReadOnlyList<BaseRate> All => _rates;

    /// <summary>
    /// The stretches of the days after <paramref name="after"/> up to and with <paramref name="to"/> for each of which one rate holds; they end
    /// before the first day without one.
    /// </summary>
    internal IEnumerable<(DateOnly After, DateOnly To, decimal Percent)> Between(DateOnly after, DateOnly to)
    {
        foreach (var rate in _rates)
        {
            if (rate.To <= after)
            {
                continue;
            }

            if (after >= to || rate.From > after.AddDays(1))
            {
                yield break;
            }

            var end = rate.To < to ? rate.To : to;
            yield return (after, end, rate.Percent);
            after = end;
        }
    }

    private static BaseRate HalfYears(int fromYear, int fromHalf, int toYear, int toHalf, decimal percent) =>
        new(
            new DateOnly(fromYear, fromHalf == 1 ? 1 : 7, 1),
            toHalf == 1 ? new DateOnly(toYear, 6, 30) : new DateOnly(toYear, 12, 31),
            percent,
            "Deutsche Bundesbank, § 247 BGB"
        );
}

/// <summary>What the overdue amount bears instead of, or beside, contract interest.</summary>
/// <param name="Percent">Points above the base rate, or the rate itself.</param>
/// <param name="IsAboveBaseRate">Whether the base rate is added.</param>
/// <param name="DayCount">How days count.</param>
public sealed record DefaultInterestRule(decimal Percent, bool IsAboveBaseRate, DayCount DayCount = DayCount.Actual365Fixed)
{
    /// <summary>§ 288(1) BGB: five points above the base rate.</summary>
    public static DefaultInterestRule Bgb288 { get; } = new(5, IsAboveBaseRate: true);

    /// <summary>§ 497(4) BGB, loans secured by land: two and a half points above the base rate.</summary>
    public static DefaultInterestRule Bgb497Land { get; } = new(2.5m, IsAboveBaseRate: true);
}
