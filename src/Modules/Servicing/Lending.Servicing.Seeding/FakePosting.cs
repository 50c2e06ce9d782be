using Lending.Seeding;
using Lending.Servicing.Books;
using Lending.Servicing.Journal;
using Lending.Servicing.LoanAccounts;

namespace Lending.Servicing.Seeding;

/// <summary>
/// The journal of a made-up loan, entry by entry as the API and the day run post it: what a day brings about on that day, what an event brings about with
/// it. It replays the loan a few times and not once for each event: only what a return changes of the past has to be told from what stood there before.
/// </summary>
internal sealed class FakePosting(LoanAccount account, LoanContract contract, IReadOnlyList<LoanEventRow> events, SeedRandom random)
{
    // When the day run has worked.
    private static readonly TimeOnly RunAt = new(2, 0);

    private readonly List<LoanEvent> happened = [.. events.Select(row => row.ToEvent())];
    private readonly HashSet<DateOnly> dueDates = [.. contract.Instalments.Select(instalment => instalment.DueOn)];
    private readonly List<JournalEntry> posted = [];
    private readonly List<JournalEntryRow> rows = [];

    /// <summary>Posts everything until the end of a day.</summary>
    public (IReadOnlyList<JournalEntryRow> Rows, LoanState State) PostUntil(DateOnly last)
    {
        foreach (var back in events.Where(row => row.Type == EventDocument.BankReturn))
        {
            Post(back.EffectiveOn, happened[..(back.Number - 1)], FindCause);
            // What it changes of the past is posted with it, too; what others of its day do is not.
            Post(back.EffectiveOn, happened, entry => FindNamed(entry) is { } named && named.Number > back.Number ? named : back);
        }
        return (rows, Post(last, happened, FindCause));
    }

    private LoanState Post(DateOnly day, List<LoanEvent> known, Func<JournalEntry, LoanEventRow?> findCause)
    {
        var state = LoanReplay.At(contract, known, day, BaseRates.Germany);
        // What the API would refuse is no life.
        if (state.Problems is [var problem, ..])
        {
            throw new InvalidOperationException($"The books refuse what a made-up loan does: {problem.Code}.");
        }
        foreach (var entry in Ledger.Difference(posted, state.Entries))
        {
            var cause = findCause(entry);
            var at = cause?.RecordedAt ?? new DateTimeOffset(entry.EffectiveOn, RunAt, TimeSpan.Zero);
            rows.Add(JournalEntryRow.Of(entry, account.Id, cause?.Id, at, random.Id(at)));
            posted.Add(entry);
        }
        return state;
    }

    /// <summary>The event with which an entry is posted; null where its day alone brings it about.</summary>
    private LoanEventRow? FindCause(JournalEntry entry) =>
        FindNamed(entry) ?? (IsOfDay(entry) ? null : events.FirstOrDefault(row => row.EffectiveOn == entry.EffectiveOn));

    private LoanEventRow? FindNamed(JournalEntry entry) =>
        events.FirstOrDefault(row => entry.Key.EndsWith(row.Id.ToString(), StringComparison.Ordinal));

    // Interest is also posted by what ends a loan, or pays interest on what is overdue.
    private bool IsOfDay(JournalEntry entry) =>
        entry.Key[..entry.Key.IndexOf(':', StringComparison.Ordinal)] switch
        {
            "due" => dueDates.Contains(entry.EffectiveOn),
            "interest" or "default-interest" => entry.EffectiveOn.AddDays(1).Day == 1,
            _ => true,
        };
}
