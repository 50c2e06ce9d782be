using FastEndpoints;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// Lists the entries of a loan account as they were posted, the newest first: those that count until a day, of what was posted until a time. The lines of each
/// sum to zero.
/// </summary>
internal sealed class ListJournalEntries(ServicingDbContext db, OrganizationClock clock)
    : Endpoint<ListJournalEntries.Request, Results<Ok<Page<ListJournalEntries.Entry>>, Problem>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>The last day for which entries count; all if it is left out.</summary>
        /// <example>2026-12-31</example>
        public DateOnly? AsOf { get; init; }

        /// <summary>Leaves out what was posted later. Not in the future.</summary>
        /// <example>2027-01-15T12:00:00Z</example>
        public DateTimeOffset? KnownAt { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    /// <summary>An entry of the journal.</summary>
    internal sealed record Entry
    {
        /// <summary>The id.</summary>
        public required Guid Id { get; init; }

        /// <summary>What it is for: an event, a due date, the end of a month. Differences to what was posted before have the same key.</summary>
        public required string Key { get; init; }

        /// <summary>The day for which it counts.</summary>
        public required DateOnly EffectiveOn { get; init; }

        /// <summary>When it was posted.</summary>
        public required DateTimeOffset PostedAt { get; init; }

        /// <summary>The event with which it was posted; null where it was posted because its day had come.</summary>
        public required Guid? PostedWith { get; init; }

        /// <summary>Debits are positive, credits negative.</summary>
        public required IReadOnlyList<EntryLine> Lines { get; init; }
    }

    public override void Configure()
    {
        Get("loan-accounts/{id:guid}/entries");
        Permissions(ServicingPermission.Read);
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Ok<Page<Entry>>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (request.KnownAt > clock.GetStorableNow())
        {
            return Problem.From(ServicingErrors.NotKnownYet);
        }
        var id = Route<Guid>("id");
        var (asOf, knownAt) = (request.AsOf, request.KnownAt?.ToUniversalTime());
        var entries = db.JournalEntries.AsNoTracking().Where(entry => entry.LoanAccountId == id);
        entries = asOf is null ? entries : entries.Where(entry => entry.EffectiveOn <= asOf);
        entries = knownAt is null ? entries : entries.Where(entry => entry.CreatedAt <= knownAt);
        var total = request.IncludeTotal ? await entries.LongCountAsync(ct) : (long?)null;
        var rows = await entries.PageNewestFirst(request).Include(entry => entry.Lines).ToListAsync(ct);
        if (rows.Count == 0 && !await db.LoanAccounts.AnyAsync(account => account.Id == id, ct))
        {
            return Problem.NotFound;
        }
        return TypedResults.Ok(
            request.Page(
                rows.ConvertAll(row => new Entry
                {
                    Id = row.Id,
                    Key = row.Key,
                    EffectiveOn = row.EffectiveOn,
                    PostedAt = row.CreatedAt,
                    PostedWith = row.PostedWith,
                    Lines = row.ToEntry().Lines,
                }),
                total,
                entry => Cursor.At(entry.PostedAt, entry.Id)
            )
        );
    }
}
