using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Servicing.Books;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Lending.Servicing.Rates;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Contracts;

/// <summary>Loan accounts for who moves money at a bank.</summary>
internal sealed class LoanPayments(ServicingDbContext db, LoanRecorder recorder, KnownBaseRates rates, OrganizationClock clock)
    : ILoanPayments
{
    private static readonly Error _noSuchAccount = Error.NotFound("no-such-loan-account", "There is no such loan account.");

    public Task<PayableLoan?> FindAsync(Guid loanAccountId, CancellationToken ct) =>
        db
            .LoanAccounts.Where(account => account.Id == loanAccountId)
            .Select(account => new PayableLoan(account.Id, account.CustomerId, account.Currency))
            .SingleOrDefaultAsync(ct);

    public async Task<IReadOnlyList<DueInstalment>> ListDueAsync(
        IReadOnlyCollection<Guid> loanAccountIds,
        DateOnly on,
        CancellationToken ct
    )
    {
        var baseRates = await rates.GetAsync(ct);
        return [.. (await db.ReadLoansAsync(loanAccountIds, ct)).SelectMany(loan => DueOf(loan.Account, loan.Events, on, baseRates))];
    }

    public async Task<Error?> RecordAsync(Guid loanAccountId, Guid paymentId, DateOnly on, decimal amount, CancellationToken ct) =>
        await RecordAsync(loanAccountId, paymentId, EventOf(EventDocument.Payment, on, amount), ct);

    public async Task<Error?> ReturnAsync(Guid loanAccountId, PaymentReturn back, CancellationToken ct)
    {
        var returned = EventOf(EventDocument.BankReturn, back.On, back.Amount) with { Of = back.PaymentId.ToString() };
        return await RecordAsync(loanAccountId, back.Id, returned, ct)
            ?? (back.Fee > 0 ? await RecordAsync(loanAccountId, back.FeeId, EventOf(EventDocument.Fee, back.On, back.Fee), ct) : null);
    }

    public Task<Error?> ReverseReturnAsync(Guid loanAccountId, Guid reversalId, Guid returnId, CancellationToken ct)
    {
        var reversal = new EventDocument
        {
            Type = EventDocument.Reversal,
            On = ServicingDay.Of(clock.GetStorableNow()),
            Of = returnId.ToString(),
        };
        return RecordAsync(loanAccountId, reversalId, reversal, ct);
    }

    private async Task<Error?> RecordAsync(Guid loanAccountId, Guid eventId, EventDocument document, CancellationToken ct)
    {
        // What was tracked may have been rolled back with the line before, or changed by others since.
        db.ChangeTracker.Clear();
        var outcome = await recorder.RecordInTransactionAsync(loanAccountId, eventId, document, ct);
        return outcome.Account is null ? _noSuchAccount : outcome.Error;
    }

    private static List<DueInstalment> DueOf(LoanAccount account, IEnumerable<LoanEvent> events, DateOnly on, BaseRates baseRates)
    {
        var state = LoanReplay.At(account.ReadContract(), events, on, baseRates);
        if (!state.IsRunning)
        {
            return [];
        }
        var open = state.Schedule.Where(instalment => instalment.Open > 0).ToList();
        var due = open.Where(instalment => instalment.IsDue)
            .GroupBy(instalment => instalment.DueOn, instalment => instalment.Open)
            .Select(day => new DueInstalment(account.Id, day.Key, day.Sum()))
            .ToList();
        if (due.Count > 0)
        {
            due[^1] = due[^1] with { Beside = state.DueBesideInstalments };
        }
        else if (state.LeftOverSince is { } since)
        {
            // A debit that came on the day of the last payment was for something else.
            due.Add(new(account.Id, since, Amount: 0, state.DueBesideInstalments));
        }
        return due;
    }

    private static EventDocument EventOf(string type, DateOnly on, decimal amount) =>
        new()
        {
            Type = type,
            On = on,
            // Without trailing zeros: the same amount is the same event.
            Amount = amount.WithoutTrailingZeros(),
        };
}
