using FastEndpoints;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Dunning;

/// <summary>Lists the dunning letters of a loan account, newest first. Customers see their own.</summary>
internal sealed class ListDunningLetters(ServicingDbContext db)
    : Endpoint<ListDunningLetters.Request, Results<Ok<Page<DunningLetterResponse>>, Problem>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("loan-accounts/{id:guid}/dunning-letters");
        Permissions(ServicingPermission.Read);
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Ok<Page<DunningLetterResponse>>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var letters = db.DunningLetters.Where(letter => letter.LoanAccountId == id);
        var total = request.IncludeTotal ? await letters.LongCountAsync(ct) : (long?)null;
        var rows = await letters.PageNewestFirst(request).ProjectToType<DunningLetterResponse>().ToListAsync(ct);
        if (rows.Count == 0 && !await db.LoanAccounts.AnyAsync(account => account.Id == id, ct))
        {
            return Problem.NotFound;
        }
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
