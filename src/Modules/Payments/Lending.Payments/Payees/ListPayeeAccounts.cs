using FastEndpoints;
using Lending.Kernel;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Payees;

/// <summary>Lists the accounts to which money of the caller's organisation goes, newest first. Their numbers are masked.</summary>
internal sealed class ListPayeeAccounts(PaymentsDbContext db) : Endpoint<ListPayeeAccounts.Request, Ok<Page<PayeeAccountResponse>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only accounts of this customer.</summary>
        public Guid? CustomerId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("payee-accounts");
        Permissions(PaymentsPermission.Read);
        this.TellsOfPersons<PayeeAccountResponse>(nameof(PayeeAccount), account => account.Id, account => account.CustomerId);
    }

    public override async Task<Ok<Page<PayeeAccountResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var accounts = db.PayeeAccounts.Where(account => request.CustomerId == null || account.CustomerId == request.CustomerId);
        var total = request.IncludeTotal ? await accounts.LongCountAsync(ct) : (long?)null;
        // Whole entities, as accounts are encrypted.
        var rows = await accounts.AsNoTracking().PageNewestFirst(request).ToListAsync(ct);
        return TypedResults.Ok(
            request.Page(rows.ConvertAll(row => row.Adapt<PayeeAccountResponse>()), total, row => Cursor.At(row.CreatedAt, row.Id))
        );
    }
}
