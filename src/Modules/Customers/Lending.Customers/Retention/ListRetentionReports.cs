using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Retention;

/// <summary>Lists what the organisation's rules had deleted, newest first: one entry for each rule and day, also where nothing was old enough.</summary>
internal sealed class ListRetentionReports(CustomersDbContext db)
    : Endpoint<ListRetentionReports.Request, Ok<Page<RetentionReportResponse>>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("retention/reports");
        Permissions(CustomersPermission.RetentionManage);
    }

    public override async Task<Ok<Page<RetentionReportResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var total = request.IncludeTotal ? await db.RetentionReports.LongCountAsync(ct) : (long?)null;
        var rows = await db.RetentionReports.PageNewestFirst(request).ProjectToType<RetentionReportResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.StartedAt, row.Id)));
    }
}
