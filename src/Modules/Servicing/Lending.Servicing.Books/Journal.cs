namespace Lending.Servicing.Books;

/// <summary>Entries under way: one line for each account of a key and a day.</summary>
internal sealed class Journal
{
    private readonly Dictionary<(string Key, DateOnly On), int> _places = [];
    private readonly List<(string Key, DateOnly On, SortedDictionary<LedgerAccount, decimal> Lines)> _entries = [];

    public void Add(string key, DateOnly on, LedgerAccount account, decimal amount)
    {
        if (!_places.TryGetValue((key, on), out var place))
        {
            _places[(key, on)] = place = _entries.Count;
            _entries.Add((key, on, []));
        }

        var lines = _entries[place].Lines;
        lines[account] = lines.GetValueOrDefault(account) + amount;
    }

    public decimal Balance(LedgerAccount account) => _entries.Sum(entry => entry.Lines.GetValueOrDefault(account));

    public IReadOnlyList<JournalEntry> Entries() =>
        [
            .. _entries
                .Select(entry => new JournalEntry(
                    entry.Key,
                    entry.On,
                    [.. entry.Lines.Where(line => line.Value != 0).Select(line => new EntryLine(line.Key, line.Value))]
                ))
                .Where(entry => entry.Lines.Count > 0),
        ];
}
