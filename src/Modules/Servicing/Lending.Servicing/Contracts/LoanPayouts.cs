using Lending.Loans.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Books;
using Lending.Servicing.Data;
using Lending.Servicing.Disbursements;
using Lending.Servicing.LoanAccounts;
using Lending.Servicing.Rates;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Contracts;

/// <summary>Money that goes out, for who sends it. What leaves the bank is what the books say: a refund that was reversed is booked with nothing.</summary>
internal sealed class LoanPayouts(
    ServicingDbContext db,
    OrganizationSql sql,
    IAcceptedOffers offers,
    KnownBaseRates rates,
    Caller caller,
    OrganizationClock clock
) : ILoanPayouts
{
    public async Task<IReadOnlyList<OutgoingMoney>> HoldAsync(IReadOnlyCollection<Guid> loanEventIds, CancellationToken ct)
    {
        var known = await db
            .LoanEvents.Where(happened =>
                loanEventIds.Contains(happened.Id)
                && (
                    happened.Type == EventDocument.CreditRefund
                    || db.Disbursements.Any(asked => asked.Id == happened.Id && asked.Status == DisbursementStatus.Confirmed)
                )
            )
            .Join(
                db.LoanAccounts,
                happened => happened.LoanAccountId,
                account => account.Id,
                (happened, account) =>
                    new
                    {
                        happened.Id,
                        IsRefund = happened.Type == EventDocument.CreditRefund,
                        LoanAccountId = account.Id,
                        account.OfferId,
                        account.CustomerId,
                        account.InstallerId,
                        account.Currency,
                    }
            )
            .ToListAsync(ct);
        // First the offers, then the accounts, as who confirms a payout does.
        var offerIds = known.Where(money => !money.IsRefund).Select(money => money.OfferId).Distinct().ToList();
        var payable = offerIds.Count == 0 ? (IReadOnlySet<Guid>)new HashSet<Guid>() : await offers.HoldPayableAsync(offerIds, ct);
        var accountIds = known.Select(money => money.LoanAccountId).Distinct().ToList();
        await sql.LockLoansAsync(accountIds, ct);
        var withdrawn = await db
            .LoanEvents.Where(happened =>
                accountIds.Contains(happened.LoanAccountId)
                && happened.Type == EventDocument.Withdrawal
                && !db.LoanEvents.Any(reversal => reversal.ReversesId == happened.Id)
            )
            .Select(happened => happened.LoanAccountId)
            .ToListAsync(ct);
        var refunded = known.Where(money => money.IsRefund).Select(money => money.LoanAccountId).Distinct().ToList();
        var exceeded = refunded.Count == 0 ? [] : await FindExceededAsync(refunded, ct);
        var keys = known.ConvertAll(money => JournalEntry.KeyOf(money.Id));
        var booked = await db
            .JournalEntries.Where(entry => accountIds.Contains(entry.LoanAccountId) && keys.Contains(entry.Key))
            .SelectMany(
                entry => entry.Lines,
                (entry, line) =>
                    new
                    {
                        entry.Key,
                        line.Account,
                        line.Amount,
                    }
            )
            .Where(line => line.Account == LedgerAccount.ClearingOut)
            .GroupBy(line => line.Key)
            .Select(lines => new { lines.Key, Amount = -lines.Sum(line => line.Amount) })
            .ToDictionaryAsync(lines => lines.Key, lines => lines.Amount, ct);
        return
        [
            .. known
                .Where(money =>
                    money.IsRefund
                        ? !exceeded.Contains(money.Id)
                        : payable.Contains(money.OfferId) && !withdrawn.Contains(money.LoanAccountId)
                )
                .Select(money => new OutgoingMoney(
                    money.Id,
                    money.LoanAccountId,
                    money.CustomerId,
                    money.InstallerId,
                    money.IsRefund,
                    money.Currency,
                    booked.GetValueOrDefault(JournalEntry.KeyOf(money.Id))
                ))
                .Where(money => money.Amount > 0),
        ];
    }

    /// <summary>Refunds of a credit that is no longer there, as a payment behind it was taken back.</summary>
    private async Task<HashSet<Guid>> FindExceededAsync(IReadOnlyCollection<Guid> accountIds, CancellationToken ct)
    {
        var today = ServicingDay.Of(clock.GetStorableNow());
        var baseRates = await rates.GetAsync(ct);
        return (await db.ReadLoansAsync(accountIds, ct))
            .SelectMany(loan => LoanReplay.At(loan.Account.ReadContract(), loan.Events, today, baseRates).Problems)
            .Where(problem => problem.Code == "credit-exceeded")
            .Select(problem => problem.EventId)
            .ToHashSet();
    }

    public async Task TellSettledAsync(Guid loanAccountId, Guid loanEventId, CancellationToken ct)
    {
        // What was tracked may have been rolled back with what came before.
        db.ChangeTracker.Clear();
        db.Publish(
            new LoanPayoutSettled
            {
                LoanAccountId = loanAccountId,
                OrganizationId = caller.OrganizationId,
                LoanEventId = loanEventId,
                By = caller.UserId,
                At = clock.GetStorableNow(),
            }
        );
        await db.SaveChangesAsync(ct);
    }
}
