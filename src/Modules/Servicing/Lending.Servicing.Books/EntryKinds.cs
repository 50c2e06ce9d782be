namespace Lending.Servicing.Books;

/// <summary>What entries are for a borrower, by their causes.</summary>
internal sealed class EntryKinds(IEnumerable<LoanEvent> events)
{
    private readonly Dictionary<string, StatementLineKind> _ofEvents = events.ToDictionary(
        happened => JournalEntry.KeyOf(happened.Id),
        Of,
        StringComparer.Ordinal
    );

    public StatementLineKind Of(JournalEntry entry) =>
        _ofEvents.TryGetValue(entry.Key, out var kind) ? kind : Of(entry.Key[..entry.Key.IndexOf(':', StringComparison.Ordinal)]);

    private static StatementLineKind Of(LoanEvent happened) =>
        happened switch
        {
            Disbursed or CreditRefunded => StatementLineKind.Payout,
            PaymentReceived { Source: PaymentSource.Goodwill } or Waived => StatementLineKind.Waiver,
            PaymentReceived or ExtraRepayment => StatementLineKind.Payment,
            PaymentReturned => StatementLineKind.Return,
            Charged => StatementLineKind.Charge,
            _ => StatementLineKind.Other,
        };

    // Of what happens by itself; the keys are those of the entries.
    private static StatementLineKind Of(string cause) =>
        cause switch
        {
            "due" => StatementLineKind.Interest,
            "default-interest" => StatementLineKind.DefaultInterest,
            "fee" or "charge" => StatementLineKind.Charge,
            "compensation" => StatementLineKind.Compensation,
            "cost-reduction" => StatementLineKind.CostReduction,
            "tolerance" => StatementLineKind.Waiver,
            _ => StatementLineKind.Other,
        };
}
