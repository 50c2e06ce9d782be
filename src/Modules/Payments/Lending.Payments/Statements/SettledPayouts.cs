using Lending.Payments.Payouts;
using Lending.Servicing.Contracts;

namespace Lending.Payments.Statements;

/// <summary>What is done about payouts that the bank has sent.</summary>
internal static class SettledPayouts
{
    /// <summary>Settles them, and tells Servicing of those that were not before.</summary>
    public static async Task FollowAsync(ILoanPayouts loans, IEnumerable<Payout> payouts, DateOnly on, CancellationToken ct)
    {
        foreach (var payout in payouts)
        {
            if (payout.Settle(on))
            {
                await loans.TellSettledAsync(payout.LoanAccountId, payout.LoanEventId, ct);
            }
        }
    }
}
