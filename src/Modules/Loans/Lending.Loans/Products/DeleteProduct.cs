using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Products;

/// <summary>Deletes a loan product with all its versions, as long as no offer was made with it.</summary>
/// <response code="409">
/// `product-in-use`: offers were made with it; retire it instead.
/// `concurrent-change`: somebody changed it at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class DeleteProduct(LoansDbContext db) : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("loan-products/{id:guid}");
        Permissions(LoansPermission.ProductsWrite);
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.Products.SingleOrDefaultAsync(product => product.Id == id, ct) is not { } product)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(product.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        // The database refuses it while an offer refers to a version.
        db.Products.Remove(product);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
