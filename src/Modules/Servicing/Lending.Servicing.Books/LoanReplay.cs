namespace Lending.Servicing.Books;

/// <summary>Everything about a loan follows from its contract and its events: one pure function says it, and nothing else does.</summary>
public static class LoanReplay
{
    /// <summary>The state at the end of a day.</summary>
    /// <param name="contract">What was agreed.</param>
    /// <param name="events">What happened, in any order.</param>
    /// <param name="asOf">The day; later events are left out.</param>
    /// <param name="baseRates">For default interest.</param>
    /// <param name="knownAt">Leaves out what was recorded later; null: nothing.</param>
    public static LoanState At(
        LoanContract contract,
        IEnumerable<LoanEvent> events,
        DateOnly asOf,
        BaseRates? baseRates = null,
        DateTimeOffset? knownAt = null
    )
    {
        var book = new LoanBook(contract, Known(events, knownAt), asOf, baseRates ?? BaseRates.None);
        book.Run();
        return book.State();
    }

    /// <summary>What pays everything on a day: the amount that a payment of that day needs to settle the loan by the very same computation.</summary>
    public static Payoff PayoffOn(
        LoanContract contract,
        IEnumerable<LoanEvent> events,
        DateOnly on,
        BaseRates? baseRates = null,
        DateTimeOffset? knownAt = null
    )
    {
        var book = new LoanBook(contract, Known(events, knownAt), on, baseRates ?? BaseRates.None);
        book.Run();
        return book.Payoff(isPayoff: true);
    }

    /// <summary>All plans that a loan has had by the end of a day, each as it stood when it was made.</summary>
    public static IReadOnlyList<SchedulePlan> PlansAt(
        LoanContract contract,
        IEnumerable<LoanEvent> events,
        DateOnly asOf,
        BaseRates? baseRates = null,
        DateTimeOffset? knownAt = null
    )
    {
        var book = new LoanBook(contract, Known(events, knownAt), asOf, baseRates ?? BaseRates.None);
        book.Run();
        return book.Plans();
    }

    private static LoanEvent[] Known(IEnumerable<LoanEvent> events, DateTimeOffset? knownAt) =>
        [.. knownAt is { } time ? events.Where(happened => happened.RecordedAt <= time) : events];
}
