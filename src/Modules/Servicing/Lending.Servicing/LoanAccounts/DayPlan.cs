using System.Text.Json;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// What the next days will bring to an account if nothing is recorded until then, told by the replay itself when something is posted. The day run posts
/// such days of thousands of accounts with one statement (record 103). Only plain days are planned: on which nothing is told but that an instalment is
/// due. All others are replayed when they come.
/// </summary>
/// <param name="Events">How many events the account had: with another one, the plan holds no longer, whoever recorded it.</param>
/// <param name="Days">In the order of time, at least one.</param>
internal sealed record DayPlan(int Events, IReadOnlyList<PlannedDay> Days)
{
    // Longer than a month, so that who pays every month is planned up to the next due date. What is planned further is seldom used.
    private const int LongestDays = 35;

    /// <summary>The plan from a state on that was posted, as JSON; null where the next day is none to plan.</summary>
    public static string? Of(LoanStanding standing, LoanState state, LoanLife life, DateTimeOffset now)
    {
        List<PlannedDay> days = [];
        var (before, last) = (state, state.AsOf.AddDays(LongestDays));
        while (before.NextOn is { } on && on <= last && life.At(on) is { BaseRateMissingFrom: null } then)
        {
            var told = standing.ToldBy(then, before.AsOf);
            if (then.Status != state.Status || told is not ([] or [LoanInstalmentDue]))
            {
                break;
            }
            days.Add(PlannedDay.Of(before, then, told.OfType<LoanInstalmentDue>().SingleOrDefault()?.DueOn, now));
            if (told is not [])
            {
                // On the day after it, or after the next working day, the borrower is late.
                break;
            }
            before = then;
        }
        return days.Count == 0 ? null : JsonSerializer.Serialize(new DayPlan(life.Events.Count, days), StoredJson.Options);
    }
}

/// <summary>A plain day to come.</summary>
/// <param name="On">The day.</param>
/// <param name="NextOn">The day after it on which something happens; null: none.</param>
/// <param name="DueOn">The instalment that is told as due; null: none.</param>
/// <param name="Entries">What is posted.</param>
internal sealed record PlannedDay(DateOnly On, DateOnly? NextOn, DateOnly? DueOn, IReadOnlyList<PlannedEntry> Entries)
{
    public static PlannedDay Of(LoanState before, LoanState then, DateOnly? dueOn, DateTimeOffset now) =>
        new(
            then.AsOf,
            then.NextOn,
            dueOn,
            [.. Ledger.Difference(before.Entries, then.Entries).Select(entry => PlannedEntry.Of(entry, now))]
        );
}

/// <summary>An entry to come. It has its id already: nobody can post it twice.</summary>
/// <param name="Id">The id of the entry.</param>
/// <param name="Key">What it is for.</param>
/// <param name="On">The day for which it counts.</param>
/// <param name="Lines">The amounts by the names of the accounts.</param>
internal sealed record PlannedEntry(Guid Id, string Key, DateOnly On, IReadOnlyDictionary<string, decimal> Lines)
{
    public static PlannedEntry Of(JournalEntry entry, DateTimeOffset now) =>
        new(
            Guid.CreateVersion7(now),
            entry.Key,
            entry.EffectiveOn,
            entry.Lines.ToDictionary(line => line.Account.ToString(), line => line.Amount, StringComparer.Ordinal)
        );
}
