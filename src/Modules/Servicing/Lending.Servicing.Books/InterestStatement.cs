namespace Lending.Servicing.Books;

/// <summary>What a borrower owes.</summary>
public enum OwedKind
{
    /// <summary>What was lent.</summary>
    Principal,

    /// <summary>Contract interest, from its due date on.</summary>
    Interest,

    /// <summary>Default interest.</summary>
    DefaultInterest,

    /// <summary>Fees, penalties, compensation and costs of enforcement.</summary>
    Charges,
}

/// <summary>What became of one thing that is owed in a year: opening + charged - paid - givenUp = closing.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Opening">What of it was owed before the year; negative: it was paid in advance.</param>
/// <param name="Charged">What became owed in the year; of principal: what was paid out.</param>
/// <param name="Paid">What was paid for it in the year.</param>
/// <param name="GivenUp">What was waived, given back or written off in the year.</param>
/// <param name="Closing">What was owed at the end.</param>
public sealed record OwedInYear(OwedKind Kind, decimal Opening, decimal Charged, decimal Paid, decimal GivenUp, decimal Closing);

/// <summary>What a borrower owed, was charged and paid in a year.</summary>
/// <param name="Year">The calendar year.</param>
/// <param name="To">The last day that it tells of: the year's, or the day on which it was made.</param>
/// <param name="Rows">One for each kind.</param>
public sealed record InterestStatement(int Year, DateOnly To, IReadOnlyList<OwedInYear> Rows)
{
    /// <summary>Interest that was paid in the year, contract and default interest together.</summary>
    public decimal InterestPaid => Rows.Where(row => row.Kind is OwedKind.Interest or OwedKind.DefaultInterest).Sum(row => row.Paid);

    /// <summary>The statement of a year, out of the replay of today, as account statements.</summary>
    public static InterestStatement Of(
        LoanContract contract,
        IReadOnlyList<LoanEvent> events,
        int year,
        DateOnly today,
        BaseRates? baseRates = null,
        DateTimeOffset? knownAt = null
    )
    {
        var (from, to) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        to = to < today ? to : today;
        var zero = contract.Currency.Zero;
        var sums = Enum.GetValues<OwedKind>().ToDictionary(kind => kind, kind => new OwedInYear(kind, zero, zero, zero, zero, zero));
        foreach (var entry in LoanReplay.At(contract, events, today, baseRates, knownAt).Entries.Where(entry => entry.EffectiveOn <= to))
        {
            // What nobody paid, the lender bears.
            var isGivenUp = entry.Lines.Any(line =>
                line is { Account: LedgerAccount.Loss or LedgerAccount.Goodwill or LedgerAccount.FeeIncome, Amount: > 0 }
            );
            foreach (var line in entry.Lines)
            {
                if (KindOf(line.Account) is { } kind)
                {
                    sums[kind] = Add(sums[kind], line.Amount, isGivenUp, isBefore: entry.EffectiveOn < from);
                }
            }
        }
        return new(year, to, [.. sums.Values.OrderBy(row => row.Kind)]);
    }

    private static OwedInYear Add(OwedInYear row, decimal amount, bool isGivenUp, bool isBefore)
    {
        var closed = row with { Closing = row.Closing + amount };
        return isBefore ? closed with { Opening = row.Opening + amount }
            : amount > 0 ? closed with { Charged = row.Charged + amount }
            : isGivenUp ? closed with { GivenUp = row.GivenUp - amount }
            : closed with { Paid = row.Paid - amount };
    }

    private static OwedKind? KindOf(LedgerAccount account) =>
        account switch
        {
            LedgerAccount.Principal => OwedKind.Principal,
            LedgerAccount.InterestDue => OwedKind.Interest,
            LedgerAccount.DefaultInterest => OwedKind.DefaultInterest,
            LedgerAccount.FeesDue or LedgerAccount.PenaltiesDue or LedgerAccount.EnforcementCosts => OwedKind.Charges,
            _ => null,
        };
}
