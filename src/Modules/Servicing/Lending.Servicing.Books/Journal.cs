namespace Lending.Servicing.Books;

/// <summary>Entries under way: one line for each account of a key and a day.</summary>
internal sealed class Journal
{
    private readonly Dictionary<(string Key, DateOnly On), int> _places = [];
    private readonly List<(string Key, DateOnly On, List<EntryLine> Lines)> _entries = [];

    public void Add(string key, DateOnly on, LedgerAccount account, decimal amount)
    {
        if (!_places.TryGetValue((key, on), out var place))
        {
            _places[(key, on)] = place = _entries.Count;
            _entries.Add((key, on, []));
        }

        // In the order of accounts; they are few.
        var lines = _entries[place].Lines;
        var line = 0;
        while (line < lines.Count && lines[line].Account < account)
        {
            line++;
        }

        if (line < lines.Count && lines[line].Account == account)
        {
            lines[line] = new(account, lines[line].Amount + amount);
        }
        else
        {
            lines.Insert(line, new(account, amount));
        }
    }

    public decimal Balance(LedgerAccount account) =>
        _entries.Sum(entry => entry.Lines.Sum(line => line.Account == account ? line.Amount : 0));

    public IReadOnlyList<JournalEntry> Entries() =>
        [
            .. _entries
                .Select(entry => new JournalEntry(entry.Key, entry.On, entry.Lines.FindAll(line => line.Amount != 0)))
                .Where(entry => entry.Lines.Count > 0),
        ];
}
