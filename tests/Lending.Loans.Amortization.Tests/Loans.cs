using FsCheck;
using FsCheck.Fluent;
using Lending.Kernel;

namespace Lending.Loans.Amortization.Tests;

/// <summary>Loans from the whole permitted box, with its edges and its awkward corners drawn more often than chance would.</summary>
internal static class Loans
{
    public static readonly DateOnly FirstDueDate = new(2026, 1, 31);

    private static readonly Gen<decimal> _rates = Gen.OneOf(
        Gen.Constant(0m),
        Gen.Choose(1, 100).Select(millionths => millionths / 1_000_000m),
        Gen.Choose(0, 1_000_000).Select(millionths => millionths / 1_000_000m),
        Gen.Choose(0, 50_000_000).Select(millionths => millionths / 1_000_000m),
        Gen.Choose(0, 200).Select(quarters => quarters / 4m),
        Gen.Constant(LoanLimits.MaximumAnnualRatePercent)
    );

    private static readonly Gen<int> _terms = Gen.OneOf(
        Gen.Choose(LoanLimits.MinimumTermMonths, LoanLimits.MaximumTermMonths),
        Gen.Choose(1, 60),
        Gen.Elements(1, 2, 3, 12, 599, 600)
    );

    private static readonly Gen<(Currency Currency, decimal Amount)> _amounts =
        from currency in Gen.Elements(Currency.Get("EUR"), Currency.Get("JPY"), Currency.Get("KWD"))
        from maximum in Gen.Elements(LoanLimits.MinimumAmount, 2 * LoanLimits.MinimumAmount, LoanLimits.MaximumAmount)
        from units in Gen.Choose(
            decimal.ToInt32(LoanLimits.MinimumAmount / currency.MinorUnit),
            decimal.ToInt32(maximum / currency.MinorUnit)
        )
        select (currency, units * currency.MinorUnit);

    public static readonly Gen<LoanTerms> Any =
        from amount in _amounts
        from rate in _rates
        from months in _terms
        select new LoanTerms(amount.Amount, rate, months, amount.Currency);

    private static readonly Gen<Fee?> _fees = Gen.Frequency(
        (3, Gen.Constant<Fee?>(null)),
        (1, Gen.Choose(0, 100).Select(amount => (Fee?)new Fee(amount, null))),
        (1, Gen.Choose(0, 10_000).Select(thousandths => (Fee?)new Fee(null, thousandths / 1_000m)))
    );

    private static readonly Gen<DateOnly> _payouts = Gen.Choose(0, 40_000).Select(day => new DateOnly(1990, 1, 1).AddDays(day));

    // Half of the loans start with a whole month, the others with up to a year.
    private static readonly Gen<(DateOnly Payout, DateOnly FirstDue)> _dates =
        from payout in _payouts
        from days in Gen.Frequency((2, Gen.Constant(-1)), (1, Gen.Choose(0, 60)), (1, Gen.Choose(0, 365)))
        select (payout, days < 0 ? payout.AddMonths(1) : payout.AddDays(days));

    /// <summary>Loans of every method, day count and kind of fee; not all of them can be quoted.</summary>
    public static readonly Gen<LoanTerms> AnyTerms =
        from loan in Any
        from method in Gen.Elements(Enum.GetValues<ScheduleMethod>())
        from dayCount in Gen.Elements(Enum.GetValues<DayCount>())
        from stub in Gen.Frequency(
            (1, Gen.Constant<DayCount?>(null)),
            (2, Gen.Elements(Enum.GetValues<DayCount>()).Select(count => (DayCount?)count))
        )
        from interestOnly in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(0, loan.TermMonths - 1)))
        from stepCount in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
        from steps in Gen.Choose(2, Math.Max(2, loan.TermMonths)).ArrayOf(stepCount)
        from stepRates in _rates.ArrayOf(stepCount)
        from dates in _dates
        from upfront in _fees
        from financed in _fees
        from monthly in _fees
        from dealerFee in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(0, 20_000)))
        select loan with
        {
            Method = method,
            DayCount = dayCount,
            StubDayCount = stub,
            InterestOnlyMonths = interestOnly,
            RateSteps =
            [
                .. steps
                    .Distinct()
                    .Order()
                    .Where(step => step <= loan.TermMonths)
                    .Select((step, index) => new RateStep(step, stepRates[index])),
            ],
            PayoutDate = dates.Payout,
            FirstDueDate = dates.FirstDue,
            Fees = new LoanFees
            {
                Upfront = upfront,
                Financed = financed,
                Monthly = monthly,
                DealerFeePercent = dealerFee / 1_000m,
            },
        };

    public static LoanTerms Loan(decimal amount, decimal annualRatePercent, int termMonths, string currency = "EUR") =>
        new(amount, annualRatePercent, termMonths, Currency.Get(currency));

    public static LoanQuote Quote(LoanTerms terms) =>
        LoanQuote.TryOf(terms, out var quote, out var error) ? quote : throw new InvalidOperationException($"{error.Code}: {terms}");

    public static IReadOnlyList<ScheduleRow> Schedule(this LoanTerms terms) => Quote(terms with { FirstDueDate = FirstDueDate }).Schedule();

    /// <summary>n·A falls short of P: rounding the instalment down costs more than the interest brings.</summary>
    public static bool FallsShort(this LoanTerms terms) => terms.TermMonths * PlainAnnuity.MonthlyPayment(terms) < terms.Amount;

    /// <summary>The balance before each row, in row order.</summary>
    public static decimal BalanceBefore(this IReadOnlyList<ScheduleRow> rows, ScheduleRow row, LoanTerms terms) =>
        row.Number == 1 ? terms.Amount : rows[row.Number - 2].Balance;

    public static void ForAll(Action<LoanTerms> property, int loans = 2_000) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(loans), Prop.ForAll(Any.ToArbitrary(), property));

    public static void ForAllTerms(Action<LoanTerms> property, int loans = 2_000) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(loans), Prop.ForAll(AnyTerms.ToArbitrary(), property));

    /// <summary>For all that can be quoted, which is most of what is drawn.</summary>
    public static void ForAllQuotes(Action<LoanQuote> property, int loans = 2_000)
    {
        var quoted = 0;
        ForAllTerms(
            terms =>
            {
                if (LoanQuote.TryOf(terms, out var quote, out _))
                {
                    quoted++;
                    property(quote);
                }
            },
            loans
        );
        quoted.ShouldBeGreaterThan(loans / 2);
    }
}
