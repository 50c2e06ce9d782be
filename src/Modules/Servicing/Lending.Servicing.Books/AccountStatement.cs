namespace Lending.Servicing.Books;

/// <summary>What moved a borrower's balance.</summary>
public enum StatementLineKind
{
    /// <summary>Money was paid out, with fees that are a part of the principal.</summary>
    Payout,

    /// <summary>Money came in.</summary>
    Payment,

    /// <summary>The bank took a payment back.</summary>
    Return,

    /// <summary>Contract interest of a period is due.</summary>
    Interest,

    /// <summary>Default interest of a month, or until it was paid.</summary>
    DefaultInterest,

    /// <summary>A fee, a penalty or costs of enforcement.</summary>
    Charge,

    /// <summary>Compensation for early repayment.</summary>
    Compensation,

    /// <summary>Costs that shrink with the term that is left.</summary>
    CostReduction,

    /// <summary>What the lender gave up, or gave as a present.</summary>
    Waiver,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>A line of a statement.</summary>
/// <param name="On">Its day.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Amount">By how much more is owed; negative: less.</param>
/// <param name="Balance">What is owed after it; negative: the borrower's credit.</param>
public sealed record StatementLine(DateOnly On, StatementLineKind Kind, decimal Amount, decimal Balance);

/// <summary>What a borrower owed before a period, what moved it, and what was owed at its end: principal and all that is due, less the credit.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Opening">What was owed before.</param>
/// <param name="Lines">What moved it, in order.</param>
/// <param name="Closing">What was owed at the end.</param>
public sealed record AccountStatement(DateOnly From, DateOnly To, decimal Opening, IReadOnlyList<StatementLine> Lines, decimal Closing)
{
    // Interest is the borrower's debt from its due date on, and not when it is earned.
    private static readonly HashSet<LedgerAccount> _borrowers =
    [
        LedgerAccount.Principal,
        LedgerAccount.InterestDue,
        LedgerAccount.FeesDue,
        LedgerAccount.PenaltiesDue,
        LedgerAccount.EnforcementCosts,
        LedgerAccount.DefaultInterest,
        LedgerAccount.BorrowerCredit,
        LedgerAccount.ReturnedPayments,
    ];

    /// <summary>
    /// The statement of a period, out of the same replay as everything else: that of today, so that what happened since then with a day of the period, or
    /// to a payment of it, is there, and statements follow on each other.
    /// </summary>
    public static AccountStatement Of(
        LoanContract contract,
        IReadOnlyList<LoanEvent> events,
        DateOnly from,
        DateOnly to,
        DateOnly today,
        BaseRates? baseRates = null,
        DateTimeOffset? knownAt = null
    )
    {
        var kinds = new EntryKinds(events);
        var opening = contract.Currency.Zero;
        var balance = opening;
        var lines = new List<StatementLine>();
        // By day and not by how they were made: entries of a payment may be of the past.
        var entries = LoanReplay
            .At(contract, events, today, baseRates, knownAt)
            .Entries.Where(entry => entry.EffectiveOn <= to)
            .OrderBy(entry => entry.EffectiveOn);
        foreach (var entry in entries)
        {
            var amount = contract.Currency.Zero + entry.Lines.Where(line => _borrowers.Contains(line.Account)).Sum(line => line.Amount);
            balance += amount;
            if (entry.EffectiveOn < from)
            {
                opening = balance;
            }
            else if (amount != 0)
            {
                lines.Add(new(entry.EffectiveOn, kinds.Of(entry), amount, balance));
            }
        }
        return new(from, to, opening, lines, balance);
    }
}
