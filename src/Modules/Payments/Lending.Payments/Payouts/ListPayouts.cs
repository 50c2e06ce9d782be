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

/// <summary>Lists payouts of the caller's organisation, newest first, with what became of them.</summary>
internal sealed class ListPayouts(PaymentsDbContext db) : Endpoint<ListPayouts.Request, Ok<Page<PayoutResponse>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only payouts of this run.</summary>
        public Guid? PayoutRunId { get; init; }

        /// <summary>Only payouts of this loan account.</summary>
        public Guid? LoanAccountId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("payouts");
        Permissions(PaymentsPermission.Read);
    }

    public override async Task<Ok<Page<PayoutResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var payouts = db.Payouts.Where(payout =>
            (request.PayoutRunId == null || payout.PayoutRunId == request.PayoutRunId)
            && (request.LoanAccountId == null || payout.LoanAccountId == request.LoanAccountId)
        );
        var total = request.IncludeTotal ? await payouts.LongCountAsync(ct) : (long?)null;
        var rows = await payouts.PageNewestFirst(request).ProjectToType<PayoutResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
