using FastEndpoints;
using Lending.Customers.Data;
using Lending.Identity.Contracts;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Profiles;

/// <summary>Reads a customer. Customers themselves read their own profile only.</summary>
internal sealed class GetCustomer(CustomersDbContext db) : EndpointWithoutRequest<Results<Ok<CustomerResponse>, Problem>>
{
    public override void Configure()
    {
        Get("customers/{id:guid}");
        Permissions(Permission.CustomersRead);
    }

    public override async Task<Results<Ok<CustomerResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var customer = await db.Customers.Where(customer => customer.Id == id).Select(CustomerResponse.Projection).SingleOrDefaultAsync(ct);
        if (customer is null)
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(customer.Version);
        return TypedResults.Ok(customer);
    }
}
