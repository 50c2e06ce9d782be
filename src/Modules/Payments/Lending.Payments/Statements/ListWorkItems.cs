using FastEndpoints;
using Lending.Kernel;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Statements;

/// <summary>Lists what a person has to look at, newest first, with what the bank has booked and suggestions.</summary>
internal sealed class ListWorkItems(PaymentsDbContext db) : Endpoint<ListWorkItems.Request, Ok<Page<WorkItemResponse>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only items of this status.</summary>
        public WorkItemStatus? Status { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("work-items");
        Permissions(PaymentsPermission.Read);
        this.TellsOfPersons<WorkItemResponse>(nameof(WorkItem), item => item.Id, _ => null);
    }

    public override async Task<Ok<Page<WorkItemResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var items = db.WorkItems.Where(item => request.Status == null || item.Status == request.Status);
        var total = request.IncludeTotal ? await items.LongCountAsync(ct) : (long?)null;
        var rows = await items.AsNoTracking().PageNewestFirst(request).ToListAsync(ct);
        // Whole entities, as texts of the other side are encrypted.
        var lineIds = rows.ConvertAll(item => item.BankLineId);
        var lines = await db.BankLines.AsNoTracking().Where(line => lineIds.Contains(line.Id)).ToDictionaryAsync(line => line.Id, ct);
        return TypedResults.Ok(
            request.Page(
                rows.ConvertAll(item => WorkItemResponse.Of(item, item.BankLineId is { } id ? lines[id] : null)),
                total,
                row => Cursor.At(row.CreatedAt, row.Id)
            )
        );
    }
}
