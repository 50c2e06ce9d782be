using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Books;
using Lending.Servicing.Data;
using Lending.Servicing.Journal;
using Lending.Servicing.Rates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// Records what happens to a loan, the one way in which its books change: the event is added, the whole life replayed, and the difference to what was
/// posted is posted today with the day for which it counts. All in one transaction, one at a time for each account.
/// </summary>
internal sealed class LoanRecorder(
    ServicingDbContext db,
    OrganizationSql sql,
    Transactions transactions,
    KnownBaseRates rates,
    Caller caller,
    TimeProvider clock
)
{
    /// <summary>What came of it: the account as it is then, an error, or neither where there is no such account.</summary>
    public sealed record Outcome(LoanAccount? Account, LoanState? State, Error? Error)
    {
        public Results<Ok<LoanAccountResponse>, Problem> Answer() =>
            Error is not null ? Problem.From(Error)
            : Account is null ? Problem.NotFound
            : TypedResults.Ok(LoanAccountResponse.Of(Account, State!));
    }

    /// <summary>Records an event. The same one with the same id is recorded once, however often it is sent.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="eventId">The event's id; null: a new one.</param>
    /// <param name="document">What happened.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    /// <param name="payoffQuoteId">The quote that it pays: it is recorded only as long as that one holds.</param>
    public async Task<Outcome> RecordAsync(
        Guid accountId,
        Guid? eventId,
        EventDocument document,
        CancellationToken ct,
        Guid? payoffQuoteId = null
    )
    {
        var baseRates = await rates.GetAsync(ct);
        await using var transaction = await transactions.BeginAsync(ct);
        await sql.ReadAsync(
            $"SELECT FROM servicing.loan_accounts WHERE {sql.OfCaller($"customer_id")} AND id = {accountId} FOR NO KEY UPDATE",
            row => row.FieldCount,
            ct
        );
        var account = await db.LoanAccounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == accountId, ct);
        if (account is null)
        {
            return new(null, null, null);
        }

        var contract = account.ReadContract();
        if (!contract.Currency.HasScale(document.Amount))
        {
            return new(account, null, ServicingErrors.Scale);
        }

        var now = clock.GetStorableNow();
        var today = ServicingDay.Of(now);
        if (document.On > today)
        {
            return new(account, null, ServicingErrors.InFuture);
        }

        var rows = await db
            .LoanEvents.AsNoTracking()
            .Where(row => row.LoanAccountId == accountId)
            .OrderBy(row => row.Number)
            .ToListAsync(ct);
        var row = LoanEventRow.Of(eventId ?? Guid.CreateVersion7(now), accountId, rows.Count + 1, document, caller.Reference, now);
        List<LoanEvent> events = [.. rows.Select(known => known.ToEvent())];
        if (rows.Find(known => known.Id == row.Id) is { } same)
        {
            return same.Says(row)
                ? new(account, LoanReplay.At(contract, events, today, baseRates), null)
                : new(account, null, ServicingErrors.EventIdTaken);
        }

        if (payoffQuoteId is { } quoteId)
        {
            var quote = await db
                .PayoffQuotes.AsNoTracking()
                .SingleOrDefaultAsync(told => told.Id == quoteId && told.LoanAccountId == accountId, ct);
            var obstacle = quote is null ? ServicingErrors.NoSuchQuote : quote.FindObstacle(document.On, document.Amount, rows.Count);
            if (obstacle is not null)
            {
                return new(account, null, obstacle);
            }
        }

        events.Add(row.ToEvent());
        var state = LoanReplay.At(contract, events, today, baseRates);
        if (FindObstacle(row, rows, state, document.IsPayoff) is { } refusal)
        {
            return new(account, null, refusal);
        }

        var posted = await db
            .JournalEntries.AsNoTracking()
            .Include(entry => entry.Lines)
            .Where(entry => entry.LoanAccountId == accountId)
            .ToListAsync(ct);
        db.Add(row);
        db.AddRange(
            Ledger
                .Difference(posted.Select(entry => entry.ToEntry()), state.Entries)
                .Select(entry => JournalEntryRow.Of(entry, accountId, row.Id, now))
        );
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(account, state, null);
    }

    private static Error? FindObstacle(LoanEventRow row, List<LoanEventRow> rows, LoanState state, bool isPayoff)
    {
        if (row.ReversesId is { } reversed && rows.Exists(known => known.ReversesId == reversed))
        {
            return ServicingErrors.ReversedAlready;
        }

        // What an event does to others that came before is not its fault: only what is wrong with itself is refused.
        // Money that came has come, whatever is known of default interest yet: the difference is posted once it is. Only who pays all off has to know it.
        return state.Problems.FirstOrDefault(problem => problem.EventId == row.Id) is { } found ? ServicingErrors.OfProblem(found.Code)
            : isPayoff && state.BaseRateMissingFrom is not null ? ServicingErrors.BaseRateMissing
            : null;
    }
}
