using BenchmarkDotNet.Attributes;
using Lending.Kernel;
using Lending.Loans.Amortization;

namespace Lending.Benchmarks;

/// <summary>What a quote and a schedule cost; demanded: 240 months under 20 µs and 2 KB, 600 rows under 60 µs.</summary>
public class LoanBenchmarks
{
    private static readonly LoanTerms _mortgage = new(200_000, 6, 240, Currency.Get("EUR"))
    {
        PayoutDate = new(2026, 1, 31),
        FirstDueDate = new(2026, 2, 28),
        Fees = new LoanFees { Upfront = new Fee(4_000, null), Monthly = new Fee(16.67m, null) },
    };

    private static readonly LoanTerms _declining = _mortgage with { Method = ScheduleMethod.DecliningBalance };
    private static readonly LoanTerms _days = _mortgage with { DayCount = DayCount.Actual365Fixed };
    private static readonly LoanQuote _long = Quote(_mortgage.WithTerm(600));
    private static readonly LoanQuote _longDeclining = Quote(_declining.WithTerm(600));
    private static readonly LoanQuote _longDays = Quote(_days.WithTerm(600));
    private static readonly LoanQuote _longPrincipal = Quote(_mortgage.WithTerm(600) with { Method = ScheduleMethod.EqualPrincipal });

    [Benchmark]
    public object Quote_240_equal_instalments() => Quote(_mortgage);

    [Benchmark]
    public object Quote_240_declining_balance() => Quote(_declining);

    [Benchmark]
    public object Quote_240_actual_days() => Quote(_days);

    [Benchmark]
    public object Quote_240_equal_principal() => Quote(_mortgage with { Method = ScheduleMethod.EqualPrincipal });

    [Benchmark]
    public object Schedule_600_equal_instalments() => _long.Schedule();

    [Benchmark]
    public object Schedule_600_declining_balance() => _longDeclining.Schedule();

    [Benchmark]
    public object Schedule_600_actual_days() => _longDays.Schedule();

    [Benchmark]
    public object Schedule_600_equal_principal() => _longPrincipal.Schedule();

    [Benchmark]
    public object Largest_amount_within_a_budget() =>
        LoanSolver.TryLargestAmount(_mortgage, 1000, out var quote, out var error) ? quote : error;

    [Benchmark]
    public object Largest_amount_within_a_budget_120_declining_balance() =>
        LoanSolver.TryLargestAmount(_declining.WithTerm(120), 1000, out var quote, out var error) ? quote : error;

    [Benchmark]
    public object Largest_amount_within_a_budget_600_declining_balance() =>
        LoanSolver.TryLargestAmount(_declining.WithTerm(600), 1000, out var quote, out var error) ? quote : error;

    [Benchmark]
    public object Shortest_term_within_a_budget() =>
        LoanSolver.TryShortestTerm(_mortgage, 2000, out var quote, out var error) ? quote : error;

    [Benchmark]
    public object Aprc_of_a_quote_s_cash_flows() =>
        Aprc.TryOf([new CashFlow(196_000, 0), new CashFlow(-1449.53, 1 / 12d, 240, 1 / 12d)], out var rate) ? rate : 0;

    private static LoanQuote Quote(LoanTerms terms) =>
        LoanQuote.TryOf(terms, out var quote, out var error) ? quote : throw new InvalidOperationException(error.Code);
}
