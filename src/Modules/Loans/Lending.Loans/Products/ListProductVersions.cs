using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
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
        var rows = await matching.PageNewestFirst(request).ToListAsync(ct);
        // Every product has at least its first version.
        return rows.Count == 0 && request.Cursor is null
            ? Problem.NotFound
            : TypedResults.Ok(
                request.Page(rows.Adapt<List<ProductVersionResponse>>(), total, version => Cursor.At(version.CreatedAt, version.Id))
            );
    }
}
