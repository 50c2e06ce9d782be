using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Loans.Terms;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Products;

/// <summary>Lists loan products with their current versions, newest first, a page at a time.</summary>
internal sealed class ListProducts(LoansDbContext db) : Endpoint<ListProducts.Request, Ok<Page<ProductResponse>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only products in this currency (ISO 4217).</summary>
        public string? Currency { get; init; }

        /// <summary>Only retired products, or only those in use.</summary>
        public bool? Retired { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new PageRequestValidator(_ => Cursor.NewestFirst));
            When(request => request.Currency is not null, () => RuleFor(request => request.Currency).MustBeCurrency());
        }
    }

    public override void Configure()
    {
        Get("loan-products");
        Permissions(LoansPermission.ProductsRead);
    }

    public override async Task<Ok<Page<ProductResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        IQueryable<LoanProduct> matching = db.Products;
        if (request.Currency is { } currency)
        {
            matching = matching.Where(product => product.Currency == currency);
        }
        if (request.Retired is { } retired)
        {
            matching = matching.Where(product => product.Retired == retired);
        }
        var total = request.IncludeTotal ? await matching.LongCountAsync(ct) : (long?)null;
        var rows = await matching
            .AsNoTracking()
            .PageNewestFirst(request)
            .SelectMany(
                product => product.Versions.Where(version => version.Number == product.CurrentVersion),
                (product, version) => new CurrentProduct(product, version.Content)
            )
            .ToListAsync(ct);
        return TypedResults.Ok(
            request.Page(rows.Adapt<List<ProductResponse>>(), total, product => Cursor.At(product.CreatedAt, product.Id))
        );
    }
}
