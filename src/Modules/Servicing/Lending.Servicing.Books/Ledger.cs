namespace Lending.Servicing.Books;

/// <summary>The chart of accounts. Debits are positive and credits negative, so that the lines of an entry sum to zero.</summary>
public enum LedgerAccount
{
    /// <summary>Asset: principal that was paid out and not paid back.</summary>
    Principal,

    /// <summary>Asset: contract interest that is earned and not due yet.</summary>
    InterestEarned,

    /// <summary>Asset: contract interest that is due.</summary>
    InterestDue,

    /// <summary>Asset: fees that are due.</summary>
    FeesDue,

    /// <summary>Asset: penalties that are due.</summary>
    PenaltiesDue,

    /// <summary>Asset: costs of enforcement that the borrower has to bear.</summary>
    EnforcementCosts,

    /// <summary>Asset: default interest, which is kept apart and never bears interest itself (§ 497(2) BGB).</summary>
    DefaultInterest,

    /// <summary>Asset: money from the borrower's side that the bank has not confirmed in its books yet.</summary>
    ClearingIn,

    /// <summary>Liability: money on its way to whom a loan or a credit is paid.</summary>
    ClearingOut,

    /// <summary>Liability: what the borrower paid too much or too early.</summary>
    BorrowerCredit,

    /// <summary>Liability: payments that the bank took back, from the day they came to the day they went.</summary>
    ReturnedPayments,

    /// <summary>Liability: what a dealer leaves to the lender, to be earned over the term.</summary>
    DealerFeeDeferred,

    /// <summary>Income: contract interest.</summary>
    InterestIncome,

    /// <summary>Income: default interest.</summary>
    DefaultInterestIncome,

    /// <summary>Income: fees, penalties and compensation for early repayment.</summary>
    FeeIncome,

    /// <summary>Expense that is taken back when the borrower bears it: costs of enforcement.</summary>
    EnforcementExpense,

    /// <summary>Expense: what the lender gives as a present.</summary>
    Goodwill,

    /// <summary>Expense: what is written off or waived.</summary>
    Loss,

    /// <summary>Income: what comes in after it was written off.</summary>
    Recoveries,
}

/// <summary>One line of an entry: positive is a debit, negative a credit.</summary>
/// <param name="Account">The account.</param>
/// <param name="Amount">What is booked on it; never zero.</param>
public readonly record struct EntryLine(LedgerAccount Account, decimal Amount);

/// <summary>Lines that sum to zero, of one cause.</summary>
/// <param name="Key">What caused it: an event, a due date, the end of a month. Stable: a replay finds what was posted for it before.</param>
/// <param name="EffectiveOn">The day for which it counts.</param>
/// <param name="Lines">At most one line for each account.</param>
public sealed record JournalEntry(string Key, DateOnly EffectiveOn, IReadOnlyList<EntryLine> Lines)
{
    /// <summary>The key of what an event causes.</summary>
    public static string KeyOf(Guid eventId) => $"event:{eventId}";
}

/// <summary>What is done with entries.</summary>
public static class Ledger
{
    /// <summary>The sum of all lines; zero, or something is broken.</summary>
    public static decimal TrialBalance(IEnumerable<JournalEntry> entries) => entries.Sum(entry => entry.Lines.Sum(line => line.Amount));

    /// <summary>The balance of each account, up to a day and with it.</summary>
    public static IReadOnlyDictionary<LedgerAccount, decimal> Balances(IEnumerable<JournalEntry> entries, DateOnly? asOf = null) =>
        entries
            .Where(entry => asOf is null || entry.EffectiveOn <= asOf)
            .SelectMany(entry => entry.Lines)
            .GroupBy(line => line.Account)
            .ToDictionary(lines => lines.Key, lines => lines.Sum(line => line.Amount));

    /// <summary>
    /// What has to be posted so that the books say what a replay says: for each cause the difference between what it books now and what was
    /// posted for it. Nothing posted is ever changed.
    /// </summary>
    public static IReadOnlyList<JournalEntry> Difference(IEnumerable<JournalEntry> posted, IEnumerable<JournalEntry> replayed)
    {
        var differences = new Dictionary<(DateOnly EffectiveOn, string Key), SortedDictionary<LedgerAccount, decimal>>();
        Add(replayed, 1);
        Add(posted, -1);
        return
        [
            .. differences
                .OrderBy(pair => pair.Key.EffectiveOn)
                .ThenBy(pair => pair.Key.Key, StringComparer.Ordinal)
                .Select(pair => new JournalEntry(
                    pair.Key.Key,
                    pair.Key.EffectiveOn,
                    [.. pair.Value.Where(line => line.Value != 0).Select(line => new EntryLine(line.Key, line.Value))]
                ))
                .Where(entry => entry.Lines.Count > 0),
        ];

        void Add(IEnumerable<JournalEntry> entries, int sign)
        {
            foreach (var entry in entries)
            {
                if (!differences.TryGetValue((entry.EffectiveOn, entry.Key), out var lines))
                {
                    differences[(entry.EffectiveOn, entry.Key)] = lines = [];
                }

                foreach (var line in entry.Lines)
                {
                    lines[line.Account] = lines.GetValueOrDefault(line.Account) + sign * line.Amount;
                }
            }
        }
    }
}
