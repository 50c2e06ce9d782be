using FsCheck;
using FsCheck.Fluent;
using Lending.Kernel;
using Lending.Loans.Amortization;

namespace Lending.Loans.Tests.Amortization;

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

    public static LoanTerms Loan(decimal amount, decimal annualRatePercent, int termMonths, string currency = "EUR") =>
        new(amount, annualRatePercent, termMonths, Currency.Get(currency));

    public static LoanQuote Quote(LoanTerms terms) =>
        LoanQuote.TryOf(terms, out var quote, out var error) ? quote : throw new InvalidOperationException($"{error.Code}: {terms}");

    public static IReadOnlyList<ScheduleRow> Schedule(this LoanTerms terms) => EqualInstalmentSchedule.Of(terms, FirstDueDate);

    /// <summary>n·A falls short of P: rounding the instalment down costs more than the interest brings.</summary>
    public static bool FallsShort(this LoanTerms terms) => terms.TermMonths * PlainAnnuity.MonthlyPayment(terms) < terms.Amount;

    /// <summary>The balance before each row, in row order.</summary>
    public static decimal BalanceBefore(this IReadOnlyList<ScheduleRow> rows, ScheduleRow row, LoanTerms terms) =>
        row.Number == 1 ? terms.Amount : rows[row.Number - 2].Balance;

    public static void ForAll(Action<LoanTerms> property, int loans = 2_000) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(loans), Prop.ForAll(Any.ToArbitrary(), property));
}
