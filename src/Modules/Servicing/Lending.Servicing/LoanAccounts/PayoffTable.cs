using Lending.Kernel;
using Lending.Servicing.Books;

namespace Lending.Servicing.LoanAccounts;

/// <summary>What pays a loan off on each of the next ten days, by the very computation that posts the payment.</summary>
internal static class PayoffTable
{
    private const int Days = 10;

    /// <summary>The rows, today first; or why there are none.</summary>
    public static (IReadOnlyList<Payoff> Rows, Error? Error) Of(
        LoanContract contract,
        IReadOnlyList<LoanEvent> events,
        DateOnly today,
        BaseRates rates
    )
    {
        var state = LoanReplay.At(contract, events, today.AddDays(Days - 1), rates);
        if (state.Status == LoanStatus.AwaitingDisbursement)
        {
            return ([], ServicingErrors.OfProblem("not-disbursed"));
        }

        if (state.BaseRateMissingFrom is not null)
        {
            return ([], ServicingErrors.BaseRateMissing);
        }

        var days = Enumerable.Range(0, Days).Select(today.AddDays);
        return ([.. days.Select(day => LoanReplay.PayoffOn(contract, events, day, rates))], null);
    }
}
