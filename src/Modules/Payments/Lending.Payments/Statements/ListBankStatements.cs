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

namespace Lending.Payments.Statements;

/// <summary>Lists the files of banks that the caller's organisation has imported, newest first.</summary>
internal sealed class ListBankStatements(PaymentsDbContext db) : Endpoint<ListBankStatements.Request, Ok<Page<BankStatementResponse>>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("bank-statements");
        Permissions(PaymentsPermission.Read);
    }

    public override async Task<Ok<Page<BankStatementResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var total = request.IncludeTotal ? await db.BankStatementFiles.LongCountAsync(ct) : (long?)null;
        var rows = await db.BankStatementFiles.PageNewestFirst(request).ProjectToType<BankStatementResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
