using FastEndpoints;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Persistence.Standby;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LoanAccounts;

/// <summary>Lists the loan accounts of the caller's organisation, newest first. Customers see their own.</summary>
internal sealed class ListLoanAccounts(ServicingDbContext db) : Endpoint<ListLoanAccounts.Request, Ok<Page<LoanAccountSummary>>>
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
        Get("loan-accounts");
        Permissions(ServicingPermission.Read);
        this.TellsOfPersons<LoanAccountSummary>(nameof(LoanAccount), account => account.Id, account => account.CustomerId);
        this.MayReadFromStandby();
    }

    public override async Task<Ok<Page<LoanAccountSummary>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var accounts = db.LoanAccounts.Where(account => request.CustomerId == null || account.CustomerId == request.CustomerId);
        var total = request.IncludeTotal ? await accounts.LongCountAsync(ct) : (long?)null;
        var rows = await accounts.PageNewestFirst(request).ProjectToType<LoanAccountSummary>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
