using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Products;

/// <summary>Lists the versions of a loan product, newest first, a page at a time.</summary>
internal sealed class ListProductVersions(LoansDbContext db)
    : Endpoint<ListProductVersions.Request, Results<Ok<Page<ProductVersionResponse>>, Problem>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("loan-products/{id:guid}/versions");
        Permissions(LoansPermission.ProductsRead);
    }

    public override async Task<Results<Ok<Page<ProductVersionResponse>>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var matching = db.ProductVersions.AsNoTracking().Where(version => version.ProductId == id);
        var total = request.IncludeTotal ? await matching.LongCountAsync(ct) : (long?)null;
        var cursor = Cursor.Parse(request.Cursor, Cursor.NewestFirst);
        if (cursor is not null)
        {
            matching = matching.Where(version =>
                EF.Functions.LessThan(ValueTuple.Create(version.CreatedAt, version.Id), ValueTuple.Create(cursor.Time, cursor.Id))
            );
        }
        var rows = await matching
            .OrderByDescending(version => version.CreatedAt)
            .ThenByDescending(version => version.Id)
            .Take(request.Limit + 1)
            .ToListAsync(ct);
        // Every product has at least its first version.
        return rows.Count == 0 && cursor is null
            ? Problem.NotFound
            : TypedResults.Ok(
                request.Page(rows.Adapt<List<ProductVersionResponse>>(), total, version => Cursor.At(version.CreatedAt, version.Id))
            );
    }
}
