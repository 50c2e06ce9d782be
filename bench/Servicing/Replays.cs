using System.Diagnostics;
using System.Globalization;
using Lending.Bench.Load;
using Lending.Kernel;
using Lending.Servicing.Books;

namespace Lending.Bench.Servicing;

/// <summary>How long the replay of a long life takes: ten payments in each month of twenty years, on time, late and early.</summary>
internal static class Replays
{
    private const int PaymentsPerMonth = 10;
    private const int Rounds = 60;

    private static readonly DateOnly _start = new(2004, 1, 1);

    public static IEnumerable<Goal> Measure()
    {
        // The first ones are compiled meanwhile.
        MillisecondsOf(months: 120);
        var half = MillisecondsOf(months: 120);
        var whole = MillisecondsOf(months: 240);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Replay: {half:F2} ms for 1,200 events, {whole:F2} ms for 2,400 (least of {Rounds})"
            )
        );
        return
        [
            Goal.AtMost("replay of a loan with 2,400 events, ms", whole, 20),
            Goal.AtMost("replay of 2,400 events, times 1,200", whole / half, 2.6),
        ];
    }

    private static double MillisecondsOf(int months)
    {
        var contract = new LoanContract(Currency.Get("EUR"), 200_000, 6, PlannedInstalment.Monthly(_start.AddMonths(1), months))
        {
            DefaultInterest = DefaultInterestRule.Bgb288,
            HasEarlyRepaymentCompensation = true,
        };
        LoanEvent[] events = [new Disbursed(IdOf(0), _start, 200_000)];
        var until = _start.AddMonths(months);
        var instalment = LoanReplay.At(contract, events, _start, BaseRates.Germany).Schedule[0] is var row
            ? row.Principal + row.Interest
            : 0;
        var part = Math.Ceiling(instalment * 100 / PaymentsPerMonth) / 100;
        events =
        [
            .. events,
            .. Enumerable
                .Range(0, months * PaymentsPerMonth - 1)
                .Select(number => new PaymentReceived(
                    IdOf(number + 1),
                    // From two days before the due date to a week after it.
                    _start.AddMonths(1 + number / PaymentsPerMonth).AddDays(number % PaymentsPerMonth - 2),
                    part
                )),
        ];
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var state = LoanReplay.At(contract, events, until.AddDays(20), BaseRates.Germany);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (Ledger.TrialBalance(state.Entries) != 0 || state.Allocations.Count != events.Length - 1)
            {
                throw new InvalidOperationException("The books are wrong.");
            }
        }
        // The machine is shared: the least is the code's.
        return times.Min();
    }

    private static Guid IdOf(int number) => new(number + 1, 0, 0, new byte[8]);
}
