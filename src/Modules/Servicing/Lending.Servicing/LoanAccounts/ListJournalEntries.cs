using FastEndpoints;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LoanAccounts;

/// <summary>Lists the entries of a loan account as they were posted, the newest first; the lines of each sum to zero.</summary>
internal sealed class ListJournalEntries(ServicingDbContext db)
    : Endpoint<ListJournalEntries.Request, Results<Ok<Page<ListJournalEntries.Entry>>, Problem>>
{
    internal sealed record Request : PageRequest;

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
        var id = Route<Guid>("id");
        var entries = db.JournalEntries.AsNoTracking().Where(entry => entry.LoanAccountId == id);
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
