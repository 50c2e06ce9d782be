using System.Runtime.InteropServices;

namespace Lending.Servicing.Books;

/// <summary>A range of days past due.</summary>
/// <param name="Name">Such as <c>31-60</c>.</param>
/// <param name="FromDays">The first day past due.</param>
/// <param name="ToDays">The last one; null: no end.</param>
public sealed record ArrearsBucket(string Name, int FromDays, int? ToDays)
{
    /// <summary>The usual ranges.</summary>
    public static IReadOnlyList<ArrearsBucket> Usual { get; } =
    [new("1-3", 1, 3), new("4-30", 4, 30), new("31-60", 31, 60), new("61-90", 61, 90), new("91+", 91, null)];

    /// <summary>The one that has this many days; null where none has.</summary>
    public static ArrearsBucket? Of(int days, IEnumerable<ArrearsBucket> buckets) =>
        buckets.FirstOrDefault(bucket => days >= bucket.FromDays && (bucket.ToDays is null || days <= bucket.ToDays));

    /// <summary>The next day on which what was due on a day comes into another range; null: it stays where it is.</summary>
    public static DateOnly? NextDay(DateOnly dueOn, DateOnly after, IEnumerable<ArrearsBucket> buckets) =>
        buckets.Select(bucket => (DateOnly?)dueOn.AddDays(bucket.FromDays)).Where(day => day > after).Min();
}

/// <summary>Something that is overdue.</summary>
/// <param name="DueOn">Since when.</param>
/// <param name="Instalment">The number of its instalment.</param>
/// <param name="Open">What is unpaid.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct OverdueInstalment(DateOnly DueOn, int Instalment, decimal Open);

/// <summary>How late a borrower is.</summary>
/// <param name="DaysPastDue">Since the due date of the oldest unpaid cent; 0 where nothing is overdue, as on a due date that is no working day.</param>
/// <param name="Amount">What is overdue: instalments as owed, with fees.</param>
/// <param name="Instalments">What is overdue of each instalment, the oldest first.</param>
/// <param name="ConsecutiveInstalments">The longest run of instalments, one after the other, of which something is overdue.</param>
public sealed record Arrears(int DaysPastDue, decimal Amount, IReadOnlyList<OverdueInstalment> Instalments, int ConsecutiveInstalments)
{
    /// <summary>What is overdue, by ranges.</summary>
    public IReadOnlyDictionary<string, decimal> ByBucket(DateOnly on, IReadOnlyList<ArrearsBucket> buckets) =>
        Instalments
            .GroupBy(overdue => ArrearsBucket.Of(on.DayNumber - overdue.DueOn.DayNumber, buckets)?.Name ?? "")
            .ToDictionary(group => group.Key, group => group.Sum(overdue => overdue.Open), StringComparer.Ordinal);
}
