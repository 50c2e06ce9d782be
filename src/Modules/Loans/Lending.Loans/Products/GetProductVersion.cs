using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Products;

/// <summary>Reads one version of a loan product, be it current or not.</summary>
internal sealed class GetProductVersion(LoansDbContext db) : EndpointWithoutRequest<Results<Ok<ProductVersionResponse>, Problem>>
{
    public override void Configure()
    {
        Get("loan-products/{id:guid}/versions/{number:int}");
        Permissions(LoansPermission.ProductsRead);
    }

    public override async Task<Results<Ok<ProductVersionResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var number = Route<int>("number");
        var versions = db.ProductVersions.AsNoTracking();
        return await versions.SingleOrDefaultAsync(version => version.ProductId == id && version.Number == number, ct) is { } version
            ? TypedResults.Ok(version.Adapt<ProductVersionResponse>())
            : Problem.NotFound;
    }
}
