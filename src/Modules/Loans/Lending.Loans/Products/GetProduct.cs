using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Products;

/// <summary>Reads a loan product with its current version.</summary>
internal sealed class GetProduct(LoansDbContext db) : EndpointWithoutRequest<Results<Ok<ProductResponse>, Problem>>
{
    public override void Configure()
    {
        Get("loan-products/{id:guid}");
        Permissions(LoansPermission.ProductsRead);
    }

    public override async Task<Results<Ok<ProductResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var current = db.CurrentProductVersions.Where(version => version.Product.Id == id);
        if (await current.Select(ProductResponse.Projection).SingleOrDefaultAsync(ct) is not { } product)
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(product.RowVersion);
        return TypedResults.Ok(product);
    }
}
