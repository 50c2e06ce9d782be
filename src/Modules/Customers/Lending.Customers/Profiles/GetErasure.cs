using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Platform.Http;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Profiles;

/// <summary>Tells when a customer was erased, and what had to be kept of them, why and until when.</summary>
internal sealed class GetErasure(CustomersDbContext db) : EndpointWithoutRequest<Results<Ok<ErasureResponse>, Problem>>
{
    public override void Configure()
    {
        Get("customers/{id:guid}/erasure");
        Permissions(CustomersPermission.CustomersErase);
    }

    public override async Task<Results<Ok<ErasureResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var erasure = await db.Erasures.Where(row => row.CustomerId == id).ProjectToType<ErasureResponse>().SingleOrDefaultAsync(ct);
        return erasure is null ? Problem.NotFound : TypedResults.Ok(erasure);
    }
}
