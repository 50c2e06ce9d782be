using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Books;
using Lending.Servicing.Data;
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
    Transactions transactions,
    KnownBaseRates rates,
    Caller caller,
    OrganizationClock clock
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
    /// <param name="findObstacle">Why it may not be recorded, by the life so far and the state at the end of its day without it; null: nothing more is asked.</param>
    public async Task<Outcome> RecordAsync(
        Guid accountId,
        Guid? eventId,
        EventDocument document,
        CancellationToken ct,
        Guid? payoffQuoteId = null,
        Func<LoanLife, LoanState, Error?>? findObstacle = null
    )
    {
        await using var transaction = await transactions.BeginAsync(ct);
        var outcome = await RecordInTransactionAsync(accountId, eventId, document, ct, payoffQuoteId, findObstacle);
        if (outcome.Error is null)
        {
            await transaction.CommitAsync(ct);
        }
        return outcome;
    }

    /// <summary>The same inside of the caller's transaction, which holds the account's lock until it ends.</summary>
    public async Task<Outcome> RecordInTransactionAsync(
        Guid accountId,
        Guid? eventId,
        EventDocument document,
        CancellationToken ct,
        Guid? payoffQuoteId = null,
        Func<LoanLife, LoanState, Error?>? findObstacle = null
    )
    {
        var baseRates = await rates.GetAsync(ct);
        if (await db.LockAndFindAsync(accountId, ct) is not (var account, var standing))
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

        // Here and below: whoever may see the account may see what is recorded on it.
        var rows = await db
            .LoanEvents.AsNoTracking()
            .IgnoreQueryFilters([ModuleDbContext.CustomerFilter])
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

        var before = new LoanLife(contract, events, baseRates);
        if (findObstacle?.Invoke(before, before.At(document.On)) is { } condition)
        {
            return new(account, null, condition);
        }

        var life = before with { Events = [.. events, row.ToEvent()] };
        var state = life.At(today);
        if (FindObstacle(row, rows, state, document.IsPayoff) is { } refusal)
        {
            return new(account, null, refusal);
        }

        var posted = (await db.ReadPostedAsync([accountId], ct))[accountId];
        db.Add(row);
        db.Post(standing ?? StandingOf(account), posted, life, state, row, caller.Reference, now);
        await db.SaveChangesAsync(ct);
        return new(account, state, null);
    }

    // The version before opened accounts without one: of two who make it, the key lets one win.
    private LoanStanding StandingOf(LoanAccount account) => db.Add(new LoanStanding(account)).Entity;

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
