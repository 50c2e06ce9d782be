using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Products;

/// <summary>Creates a loan product with its first version.</summary>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `malformed-json`.
/// `interest-free-in-part`, …: no loan of some band could ever be computed, as the code that a quote would answer says.
/// </response>
/// <response code="409">`product-name-taken`: another one of the organisation is called so, but for letter case.</response>
internal sealed class CreateProduct(LoansDbContext db, Caller caller, OrganizationClock clock)
    : Endpoint<ProductRequest, Results<Created<ProductResponse>, Problem>>
{
    public override void Configure()
    {
        Post("loan-products");
        Permissions(LoansPermission.ProductsWrite);
    }

    public override async Task<Results<Created<ProductResponse>, Problem>> ExecuteAsync(ProductRequest request, CancellationToken ct)
    {
        if (request.ToContent().Obstacle is { } obstacle)
        {
            return Problem.From(obstacle);
        }
        var product = LoanProduct.Create(request, caller.Reference, clock.GetStorableNow());
        db.Products.Add(product);
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(product.RowVersion);
        var created = new CurrentProduct(product, product.Versions[0].Content);
        return TypedResults.Created($"/api/v1/loan-products/{product.Id}", created.Adapt<ProductResponse>());
    }
}
