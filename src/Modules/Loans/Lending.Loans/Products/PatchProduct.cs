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
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Products;

/// <summary>Changes a loan product. What differs from the current version beyond name, publicity and retirement makes the next version.</summary>
/// <remarks>Older versions stay as they are, and offers keep the version that they were made with. A change that changes nothing makes nothing.</remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `malformed-json`.
/// `interest-free-in-part`, …: no loan of some band could ever be computed, as the code that a quote would answer says.
/// </response>
/// <response code="409">
/// `product-name-taken`: another one of the organisation is called so, but for letter case.
/// `concurrent-change`: somebody changed it at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class PatchProduct(LoansDbContext db, Caller caller, OrganizationClock clock)
    : Endpoint<MergePatch<ProductRequest>, Results<Ok<ProductResponse>, Problem>>
{
    private static readonly ProductRequest.Validator Rules = new();

    public override void Configure()
    {
        Patch("loan-products/{id:guid}");
        Permissions(LoansPermission.ProductsWrite);
    }

    public override async Task<Results<Ok<ProductResponse>, Problem>> ExecuteAsync(MergePatch<ProductRequest> request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var found = await db
            .CurrentProductVersions.Where(version => version.Product.Id == id)
            .Select(version => new CurrentProduct(version.Product, version.Content))
            .SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return Problem.NotFound;
        }
        var product = found.Product;
        if (!HttpContext.MatchesVersion(product.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        if (!request.TryApply(ProductRequest.From(product, found.Content), Rules, out var patched, out var problem))
        {
            return problem;
        }
        if (patched.ToContent().Obstacle is { } obstacle)
        {
            return Problem.From(obstacle);
        }
        var content = product.Change(patched, found.Content, caller.Reference, clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(product.RowVersion);
        return TypedResults.Ok(new CurrentProduct(product, content).Adapt<ProductResponse>());
    }
}
