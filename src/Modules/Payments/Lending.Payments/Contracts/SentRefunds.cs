using Lending.Kernel;
using Lending.Payments.Data;
using Lending.Payments.Payouts;
using Lending.Servicing.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Contracts;

/// <summary>Keeps a refund from being reversed whose money is at the bank: the credit would be there again, and be paid a second time.</summary>
internal sealed class SentRefunds(PaymentsDbContext db) : IReversalGuard
{
    public async Task<Error?> FindObstacleAsync(Guid loanEventId, CancellationToken ct) =>
        await db.Payouts.AnyAsync(
            payout => payout.LoanEventId == loanEventId && (payout.Status == PayoutStatus.Sent || payout.Status == PayoutStatus.Settled),
            ct
        )
            ? PayoutErrors.AtBank
            : null;
}
