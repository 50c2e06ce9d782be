using Lending.Kernel;
using Lending.Payments.Collections;
using Lending.Payments.Data;
using Lending.Payments.Payouts;
using Lending.Payments.Sepa;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Statements;

/// <summary>
/// Books a line of a statement on the loan accounts that it is for, or leaves it to a person. Each line is one transaction with what it does at Servicing, so that an
/// import which breaks off goes on where it stopped.
/// </summary>
internal sealed class LineBooking(
    PaymentsDbContext db,
    LineMatcher matcher,
    ILoanPayments loans,
    ILoanPayouts outgoing,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
)
{
    /// <summary>Books the line, unless that was done already.</summary>
    public async Task BookAsync(Guid lineId, CancellationToken ct)
    {
        Error? refusal;
        await using (var transaction = await BeginAsync(ct))
        {
            refusal = await TryAsync(lineId, ct);
            if (refusal is null)
            {
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
                return;
            }
        }
        // What was begun at Servicing is undone with the transaction; the line is left to a person by another one.
        await using var second = await BeginAsync(ct);
        if (await FindNewAsync(lineId, ct) is { } line)
        {
            Leave(line, WorkItemKind.BookingRefused, refusal.Code, []);
            await db.SaveChangesAsync(ct);
        }
        await second.CommitAsync(ct);
    }

    /// <summary>Opens a transaction in which nobody else books what a bank tells the organisation.</summary>
    public async Task<Transactions.Open> BeginAsync(CancellationToken ct)
    {
        // Nothing of what came before, and of what was undone, belongs to this one.
        db.ChangeTracker.Clear();
        var transaction = await transactions.BeginAsync(ct);
        // One line of the organisation after the other: what two files tell of the same payment is found.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"payments {caller.OrganizationId}"}, 0))", ct);
        return transaction;
    }

    private Task<BankLine?> FindNewAsync(Guid lineId, CancellationToken ct) =>
        db.BankLines.SingleOrDefaultAsync(line => line.Id == lineId && line.Status == BankLineStatus.New, ct);

    private async Task<Error?> TryAsync(Guid lineId, CancellationToken ct)
    {
        if (await FindNewAsync(lineId, ct) is not { } line)
        {
            return null;
        }
        if (await IsKnownAsync(line, ct))
        {
            line.IsKnown();
            return null;
        }
        var match = line.Currency == "EUR" ? await matcher.FindAsync(line, ct) : new([], Explanation: "currency-not-euro");
        if (match.Collections.Count > 0)
        {
            // Not every bank says that what it takes back is a return.
            return line.Amount < 0 ? await TakeBackAsync(line, match.Collections[0], ct)
                : line.IsReturn ? Leave(line, WorkItemKind.UnmatchedCredit, "wrong-direction", [])
                : await SettleAsync(line, match.Collections, ct);
        }
        if (match.Payouts is { Count: > 0 } payouts)
        {
            return line.Amount < 0 ? await SettleAsync(line, payouts, ct) : TakeBack(line, payouts[0]);
        }
        if (match.LoanAccountId is { } loanAccountId)
        {
            return await PayAsync(line, loanAccountId, ct);
        }
        return Leave(
            line,
            line.Amount > 0 ? WorkItemKind.UnmatchedCredit : WorkItemKind.UnmatchedDebit,
            match.Explanation,
            match.Suggestions ?? []
        );
    }

    /// <summary>Books money that came as a payment of the loan account. Answers what speaks against it, or null.</summary>
    public async Task<Error?> PayAsync(BankLine line, Guid loanAccountId, CancellationToken ct)
    {
        if (await loans.FindAsync(loanAccountId, ct) is not { } loan)
        {
            return PaymentsErrors.NoSuchLoanAccount;
        }
        if (await loans.RecordAsync(loanAccountId, line.Id, line.ValueOn, line.Amount, ct) is { } error)
        {
            return error;
        }
        line.Book(loan.Id, loan.CustomerId);
        return null;
    }

    private async Task<Error?> SettleAsync(BankLine line, IReadOnlyList<Collection> collections, CancellationToken ct)
    {
        foreach (var collection in collections)
        {
            if (await loans.RecordAsync(collection.LoanAccountId, collection.Id, collection.CollectOn, collection.Amount, ct) is { } error)
            {
                return error;
            }
            // A return may have been told of before.
            if (collection.Status == CollectionStatus.Sent)
            {
                collection.Settle();
            }
        }
        // A batch is of several.
        var one = collections.Count == 1 ? collections[0] : null;
        line.Book(one?.LoanAccountId, one?.CustomerId);
        return null;
    }

    private async Task<Error?> SettleAsync(BankLine line, IReadOnlyList<Payout> payouts, CancellationToken ct)
    {
        // The bank had said that it did not send it, or was never asked: another run may have sent it again.
        if (payouts.Any(payout => payout.Status is PayoutStatus.Planned or PayoutStatus.Rejected or PayoutStatus.Cancelled))
        {
            return Leave(
                line,
                WorkItemKind.UnmatchedDebit,
                "not-sent",
                [.. payouts.Select(payout => payout.LoanAccountId).Distinct().Take(5)]
            );
        }
        await SettledPayouts.FollowAsync(outgoing, payouts, line.BookedOn, ct);
        var one = payouts.Count == 1 ? payouts[0] : null;
        line.Book(one?.LoanAccountId, one?.CustomerId);
        return null;
    }

    /// <summary>Money that could not be paid out is back. The books of the loan stay as they are until a person has decided.</summary>
    private Error? TakeBack(BankLine line, Payout payout)
    {
        if (payout.Status is not (PayoutStatus.Sent or PayoutStatus.Settled))
        {
            return Leave(line, WorkItemKind.UnmatchedCredit, "returned-already", [payout.LoanAccountId]);
        }
        payout.Return(line.ReasonCode, line.BookedOn);
        line.Book(payout.LoanAccountId, payout.CustomerId);
        db.Add(WorkItem.OfPayout(payout, line.Id, clock.GetStorableNow()));
        return null;
    }

    private async Task<Error?> TakeBackAsync(BankLine line, Collection collection, CancellationToken ct)
    {
        var fee = -line.Amount - collection.Amount;
        if (collection.Status is not (CollectionStatus.Sent or CollectionStatus.Paid) || fee < 0)
        {
            return Leave(line, WorkItemKind.UnmatchedDebit, fee < 0 ? "amount-differs" : "returned-already", [collection.LoanAccountId]);
        }
        // The bank books all debits of a file as one, and what comes back one by one: the money had come, whether or not a line has told of it.
        if (await loans.RecordAsync(collection.LoanAccountId, collection.Id, collection.CollectOn, collection.Amount, ct) is { } refused)
        {
            return refused;
        }
        var now = clock.GetStorableNow();
        var action = collection.Fail(CollectionStatus.Returned, line.ReasonCode, line.BookedOn);
        var back = new PaymentReturn(
            line.Id,
            collection.Id,
            line.ValueOn < collection.CollectOn ? collection.CollectOn : line.ValueOn,
            collection.Amount,
            Guid.CreateVersion7(now),
            ReturnPolicy.ChargesFee(action, line.ReasonCode) ? fee : 0
        );
        if (await loans.ReturnAsync(collection.LoanAccountId, back, ct) is { } error)
        {
            return error;
        }
        line.Book(collection.LoanAccountId, collection.CustomerId);
        await FailedDebits.FollowAsync(db, collection, action, line.Id, now, ct);
        return null;
    }

    private async Task<bool> IsKnownAsync(BankLine line, CancellationToken ct) =>
        line.BankReference is { } reference
        && await db.BankLines.AnyAsync(
            other =>
                other.BankStatementFileId != line.BankStatementFileId
                // Another page of the same statement tells of other entries.
                && (other.Source != line.Source || other.StatementId != line.StatementId)
                && other.Account == line.Account
                && other.BankReference == reference
                && other.BookedOn == line.BookedOn
                && other.EntryAmount == line.EntryAmount
                && other.Status != BankLineStatus.New
                && other.Status != BankLineStatus.Known,
            ct
        );

    private Error? Leave(BankLine line, WorkItemKind kind, string explanation, IReadOnlyList<Guid> suggestions)
    {
        line.LeaveToPerson();
        db.Add(WorkItem.OfLine(line, kind, explanation, suggestions, clock.GetStorableNow()));
        return null;
    }
}
