using FastEndpoints;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Disbursements;

/// <summary>
/// Lists the payouts of a loan account that somebody asked for here, the newest first. A payout that was recorded with the offer is an event of the account
/// and is not among them.
/// </summary>
internal sealed class ListDisbursements(ServicingDbContext db)
    : Endpoint<ListDisbursements.Request, Results<Ok<Page<DisbursementResponse>>, Problem>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("loan-accounts/{id:guid}/disbursements");
        Permissions(ServicingPermission.Payout);
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Ok<Page<DisbursementResponse>>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var disbursements = db.Disbursements.AsNoTracking().Where(row => row.LoanAccountId == id);
        var total = request.IncludeTotal ? await disbursements.LongCountAsync(ct) : (long?)null;
        var rows = await disbursements.PageNewestFirst(request).ToListAsync(ct);
        if (rows.Count == 0 && !await db.LoanAccounts.AnyAsync(account => account.Id == id, ct))
        {
            return Problem.NotFound;
        }
        return TypedResults.Ok(request.Page(rows.ConvertAll(DisbursementResponse.Of), total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
