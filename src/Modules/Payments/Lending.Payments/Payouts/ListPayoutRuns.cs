using FastEndpoints;
using Lending.Kernel;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Payouts;

/// <summary>Lists the payout runs of the caller's organisation, newest first.</summary>
internal sealed class ListPayoutRuns(PaymentsDbContext db) : Endpoint<ListPayoutRuns.Request, Ok<Page<PayoutRunResponse>>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("payout-runs");
        Permissions(PaymentsPermission.Read);
    }

    public override async Task<Ok<Page<PayoutRunResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var total = request.IncludeTotal ? await db.PayoutRuns.LongCountAsync(ct) : (long?)null;
        var rows = await db.PayoutRuns.PageNewestFirst(request).ProjectToType<PayoutRunResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
