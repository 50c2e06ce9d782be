using Lending.Loans.Amortization;

namespace Lending.Servicing.Books;

/// <summary>A loan that nobody took and its life, in any order of arrival.</summary>
public sealed record SimulatedLoan : ContractDocument
{
    /// <summary>Base rates until the first event that changes them; null: those of § 247 BGB that are known.</summary>
    public IReadOnlyList<BaseRate>? BaseRates { get; init; }

    /// <summary>
    /// Whether what is due on a Saturday, a Sunday or a holiday of any German state is late only after the next working day (§ 193 BGB), as on accounts that are
    /// opened now.
    /// </summary>
    public bool WaitsForWorkingDays { get; init; }

    /// <summary>What happened.</summary>
    public IReadOnlyList<EventDocument> Events { get; init; } = [];

    /// <summary>The day of the answer.</summary>
    public DateOnly AsOf { get; init; }

    /// <summary>Days for which the payoff is asked.</summary>
    public IReadOnlyList<DateOnly> PayoffOn { get; init; } = [];
}

/// <summary>What becomes of a simulated loan.</summary>
/// <param name="State">All that is to say on the day.</param>
/// <param name="Balances">The balance of each account; debits are positive.</param>
/// <param name="ArrearsByBucket">What is overdue, by days past due.</param>
/// <param name="Payoffs">What pays everything, on the days that were asked for.</param>
public sealed record Simulated(
    LoanState State,
    IReadOnlyDictionary<LedgerAccount, decimal> Balances,
    IReadOnlyDictionary<string, decimal> ArrearsByBucket,
    IReadOnlyList<Payoff> Payoffs
);

/// <summary>Runs a life without keeping anything, by the code that posts.</summary>
public static class LoanSimulation
{
    private const int MostInstalments = 600;
    private const int MostPayoffs = 10;
    private const decimal MostMoney = 1_000_000_000;

    /// <summary>Runs it.</summary>
    /// <exception cref="FormatException">A name is not known, or an event refers to none; the message says which.</exception>
    public static Simulated Run(SimulatedLoan loan)
    {
        if (MistakeIn(loan) is { } mistake)
        {
            throw new FormatException(mistake);
        }

        var contract = loan.ToContract() with { WaitsForWorkingDays = loan.WaitsForWorkingDays };
        var events = EventsOf(loan);
        var rates = new BaseRates(RatesOf(loan));
        var state = LoanReplay.At(contract, events, loan.AsOf, rates);
        return new(
            state,
            Ledger.Balances(state.Entries),
            state.Arrears.ByBucket(loan.AsOf, ArrearsBucket.Usual),
            [.. loan.PayoffOn.Select(day => LoanReplay.PayoffOn(contract, events, day, rates))]
        );
    }

    /// <summary>The events, each with an id of its place in the list.</summary>
    public static IReadOnlyList<LoanEvent> EventsOf(SimulatedLoan loan)
    {
        var ids = loan
            .Events.Select((happened, index) => (Name: happened.Id ?? $"#{index}", Id: IdOf(index)))
            .ToLookup(pair => pair.Name, pair => pair.Id, StringComparer.Ordinal);
        return
        [
            .. loan
                .Events.Index()
                .Where(place => place.Item.Type != EventDocument.BaseRate)
                .Select(place => place.Item.ToEvent(IdOf(place.Index), name => ids[name ?? ""].Cast<Guid?>().FirstOrDefault())),
        ];
    }

    /// <summary>What is wrong with a life before it is run, or null. It also keeps one from running for very long.</summary>
    private static string? MistakeIn(SimulatedLoan loan)
    {
        if (Lending.Kernel.Currency.Find(loan.Currency) is not { } currency)
        {
            return $"There is no currency '{loan.Currency}'.";
        }

        var instalments = loan.ToContract().Instalments;
        var days = loan
            .Events.Select(happened => happened.On)
            .Concat(loan.Events.Select(happened => happened.DueOn ?? happened.On))
            .Concat(loan.Events.Select(happened => happened.FromDueOn ?? happened.On))
            .Concat(instalments.Select(instalment => instalment.DueOn))
            .Concat(instalments.Select(instalment => instalment.MonthStart ?? instalment.DueOn))
            .Concat((loan.BaseRates ?? []).SelectMany(rate => new[] { rate.From, rate.To }))
            .Concat(loan.PayoffOn)
            .Append(loan.AsOf);
        var amounts = loan
            .Events.Select(happened => happened.Amount)
            .Concat(
                instalments.SelectMany(instalment => new[] { instalment.Payment ?? 0, instalment.Principal ?? 0, instalment.Interest ?? 0 })
            )
            .Concat([loan.Principal, loan.MonthlyFee, loan.CostsForWholeTerm, loan.FinancedFee, loan.DealerFee, loan.ClosingTolerance]);
        return instalments.Count is 0 or > MostInstalments ? $"There are 1 to {MostInstalments} instalments."
            : instalments.Zip(instalments.Skip(1)).Any(pair => pair.First.DueOn >= pair.Second.DueOn)
                ? "Instalments are not in the order of their due dates."
            : instalments.Any(instalment => instalment.MonthStart >= instalment.DueOn) ? "The month of an instalment ends before it begins."
            : days.Any(day => day.Year is < LoanLimits.FirstYear or > LoanLimits.LastYear) ? "A day lies too far away."
            : amounts.Any(amount => amount is < 0 or > MostMoney || !currency.HasScale(amount))
                ? "An amount is negative, very large, or has more decimals than the currency."
            : loan.InstalmentMultiple is { } multiple && (multiple <= 0 || multiple > MostMoney || !currency.HasScale(multiple))
                ? "The multiple of instalments is not a positive amount."
            : loan.EveryDays is < 1 or > 400 ? "Instalments are 1 to 400 days apart."
            : loan.Events.Count(happened => happened.IsPayoff) > MostPayoffs ? $"At most {MostPayoffs} payments are payoffs."
            : loan.Events.Any(happened =>
                happened.Count is < 0 or > 120 || happened.ShiftMonths is < 0 or > 120 || happened.PrincipalFreeInstalments is < 0 or > 120
            )
                ? "A change of the plan is about 0 to 120 instalments or months."
            : loan.Events.Any(happened => happened.Type == "re-age" && happened.Count == 0) ? "A re-age makes at least one instalment."
            : loan.Events.Any(happened => happened.Type != EventDocument.BaseRate && happened.AnnualRatePercent is < 0 or > 1_000)
                ? "A rate is 0 to 1000 percent."
            : ChangesOf(loan).Any(change => change.AnnualRatePercent is null or < -100 or > 1_000) ? "A base rate is -100 to 1000 percent."
            : BaseRatesOverlap(loan) ? "Base rates overlap, or end before they begin."
            : null;
    }

    private static bool BaseRatesOverlap(SimulatedLoan loan)
    {
        try
        {
            // What is given has to fit for itself, also where changes replace it.
            _ = (new BaseRates(loan.BaseRates ?? []), new BaseRates(RatesOf(loan)));
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static List<EventDocument> ChangesOf(SimulatedLoan loan) =>
        [.. loan.Events.Where(happened => happened.Type == EventDocument.BaseRate).OrderBy(change => change.On)];

    /// <summary>The rates that are known until the first change, and each change until the next one.</summary>
    private static IEnumerable<BaseRate> RatesOf(SimulatedLoan loan)
    {
        IReadOnlyList<BaseRate> known = loan.BaseRates ?? BaseRates.Germany.All;
        var changes = ChangesOf(loan);
        if (changes is not [var first, ..])
        {
            return known;
        }
        var before = known
            .Where(rate => rate.From < first.On)
            .Select(rate => rate.To < first.On ? rate : rate with { To = first.On.AddDays(-1) });
        var ends = changes.Skip(1).Select(next => next.On.AddDays(-1)).Append(new(LoanLimits.LastYear, 12, 31));
        return before.Concat(changes.Zip(ends, (change, end) => new BaseRate(change.On, end, change.AnnualRatePercent!.Value, "")));
    }

    private static Guid IdOf(int index) => new(index + 1, 0, 0, new byte[8]);
}
