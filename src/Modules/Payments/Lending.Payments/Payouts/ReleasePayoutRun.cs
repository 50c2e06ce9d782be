using System.Text;
using FastEndpoints;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Payments.Sepa;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Payouts;

/// <summary>
/// Releases a run: its file may go to the bank. Payouts are taken out whose customer has withdrawn since, refunds that were reversed, and what would go to an account
/// that was retired.
/// </summary>
/// <response code="403">`forbidden`: not with this role. `second-person-required`: not who made the run.</response>
/// <response code="409">
/// `run-not-draft`: it was released or cancelled already. `too-late-for-day`: the bank does not send it any more on its day: cancel it, and make another one.
/// `too-early-for-day`, `closed-day`. `nothing-to-pay`: nothing of it is left. `concurrent-change`: somebody changed it at the same time.
/// </response>
internal sealed class ReleasePayoutRun(
    PaymentsDbContext db,
    ILoanPayouts loans,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : EndpointWithoutRequest<Results<Ok<PayoutRunResponse>, Problem>>
{
    public override void Configure()
    {
        Post("payout-runs/{id:guid}/release");
        Permissions(PaymentsPermission.Release);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<PayoutRunResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.PayoutRuns.SingleOrDefaultAsync(run => run.Id == id, ct) is not { } run)
        {
            return Problem.NotFound;
        }
        var now = clock.GetStorableNow();
        if (run.FindObstacleToRelease(caller.UserId, now) is { } obstacle)
        {
            return Problem.From(obstacle);
        }
        var creditor = await db.Creditors.AsNoTracking().SingleAsync(ct);
        var payouts = await db.Payouts.Where(payout => payout.PayoutRunId == id).OrderBy(payout => payout.Id).ToListAsync(ct);
        var payeeIds = payouts.Select(payout => payout.PayeeAccountId).Distinct().ToList();
        await using var transaction = await transactions.BeginAsync(ct);
        // Until the release is made, nobody withdraws from these loans or reverses what is paid.
        var outgoing = (await loans.HoldAsync([.. payouts.Select(payout => payout.LoanEventId)], ct)).ToDictionary(money =>
            money.LoanEventId
        );
        var payees = await db
            .PayeeAccounts.AsNoTracking()
            .Where(account => payeeIds.Contains(account.Id))
            .ToDictionaryAsync(account => account.Id, ct);
        foreach (var payout in payouts)
        {
            if (
                outgoing.GetValueOrDefault(payout.LoanEventId) is { } money
                && money.Amount == payout.Amount
                && Payout.FindObstacleOf(money, payees[payout.PayeeAccountId]) is null
            )
            {
                payout.Send();
            }
            else
            {
                payout.Cancel();
            }
        }
        var sent = payouts.FindAll(payout => payout.Status == PayoutStatus.Sent);
        if (sent.Count == 0)
        {
            return Problem.From(PayoutErrors.NothingToPay);
        }
        var file = new CreditTransferFile(
            run.MessageId,
            now,
            creditor.ToParty(),
            [.. sent.Select(payout => payout.ToTransfer(payees[payout.PayeeAccountId]))]
        );
        run.Comprise(sent);
        run.Release(Encoding.UTF8.GetString(file.Write()), caller.Reference, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(run.Adapt<PayoutRunResponse>());
    }
}
