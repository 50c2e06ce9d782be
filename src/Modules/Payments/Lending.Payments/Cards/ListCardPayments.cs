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

namespace Lending.Payments.Cards;

/// <summary>Lists payments by card of the caller's organisation, newest first, with what went back of them.</summary>
internal sealed class ListCardPayments(PaymentsDbContext db) : Endpoint<ListCardPayments.Request, Ok<Page<CardPaymentResponse>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only payments of this loan account.</summary>
        public Guid? LoanAccountId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("card-payments");
        Permissions(PaymentsPermission.Read);
    }

    public override async Task<Ok<Page<CardPaymentResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var payments = db.CardPayments.Where(payment => request.LoanAccountId == null || payment.LoanAccountId == request.LoanAccountId);
        var total = request.IncludeTotal ? await payments.LongCountAsync(ct) : (long?)null;
        var rows = await payments.PageNewestFirst(request).ProjectToType<CardPaymentResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
