using Lending.Kernel;
using Lending.Servicing.Books;

namespace Lending.Servicing.LoanAccounts;

/// <summary>What pays a loan off on each of ten days, by the very computation that posts the payment.</summary>
internal static class PayoffTable
{
    private const int Days = 10;

    /// <summary>The rows from a day on; or why there are none.</summary>
    public static (IReadOnlyList<Payoff> Rows, Error? Error) Of(
        LoanContract contract,
        IReadOnlyList<LoanEvent> events,
        DateOnly from,
        BaseRates rates,
        DateTimeOffset? knownAt = null
    )
    {
        if (LoanReplay.At(contract, events, from, rates, knownAt).Status == LoanStatus.AwaitingDisbursement)
        {
            return ([], ServicingErrors.OfProblem("not-disbursed"));
        }

        if (LoanReplay.At(contract, events, from.AddDays(Days - 1), rates, knownAt).BaseRateMissingFrom is not null)
        {
            return ([], ServicingErrors.BaseRateMissing);
        }

        var days = Enumerable.Range(0, Days).Select(from.AddDays);
        return ([.. days.Select(day => LoanReplay.PayoffOn(contract, events, day, rates, knownAt))], null);
    }
}
