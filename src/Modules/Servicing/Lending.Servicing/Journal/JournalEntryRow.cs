using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Servicing.Books;

namespace Lending.Servicing.Journal;

/// <summary>An entry in the journal: posted once, never changed. What turns out wrong is posted as a difference.</summary>
[NotAudited("It follows from an event, which has an entry, and is never changed.")]
internal sealed class JournalEntryRow : ITenantOwned, IListed, IAppendOnly
{
    public const int MaximumKeyLength = 100;

    private readonly List<JournalLineRow> lines = [];

    private JournalEntryRow() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid LoanAccountId { get; private init; }

    /// <summary>What it is for: an event, a due date, the end of a month.</summary>
    [NotPersonal]
    public string Key { get; private init; } = null!;

    [NotPersonal]
    public DateOnly EffectiveOn { get; private init; }

    /// <summary>The event with which it was posted; null where a day had come.</summary>
    public Guid? PostedWith { get; private init; }

    /// <summary>When it was posted.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    public IReadOnlyList<JournalLineRow> Lines => lines;

    public static JournalEntryRow Of(JournalEntry entry, Guid loanAccountId, Guid? postedWith, DateTimeOffset now, Guid? id = null)
    {
        var row = new JournalEntryRow
        {
            Id = id ?? Guid.CreateVersion7(now),
            LoanAccountId = loanAccountId,
            Key = entry.Key,
            EffectiveOn = entry.EffectiveOn,
            PostedWith = postedWith,
            CreatedAt = now,
        };
        row.lines.AddRange(entry.Lines.Select(line => new JournalLineRow(row.Id, line)));
        return row;
    }

    public JournalEntry ToEntry() => new(Key, EffectiveOn, [.. lines.Select(line => new EntryLine(line.Account, line.Amount))]);
}

/// <summary>A line of an entry: debits are positive.</summary>
[NotAudited("As its journal entry.")]
internal sealed class JournalLineRow : ITenantOwned, IAppendOnly
{
    private JournalLineRow() { }

    public JournalLineRow(Guid journalEntryId, EntryLine line) =>
        (JournalEntryId, Account, Amount) = (journalEntryId, line.Account, line.Amount);

    public Guid JournalEntryId { get; private init; }

    public LedgerAccount Account { get; private init; }

    public Guid OrganizationId { get; private init; }

    public decimal Amount { get; private init; }
}
