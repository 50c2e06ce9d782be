using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Customers.Profiles;

/// <summary>Reads a customer. Customers themselves read their own profile only.</summary>
internal sealed class GetCustomer(Rows<CustomersDbContext> rows) : EndpointWithoutRequest<Results<Ok<CustomerResponse>, Problem>>
{
    private static readonly RowByKey<CustomersDbContext, Customer, CustomerResponse> Customers = new(CustomerResponse.Projection);

    public override void Configure()
    {
        Get("customers/{id:guid}");
        Permissions(CustomersPermission.CustomersRead);
    }

    public override async Task<Results<Ok<CustomerResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        if (await Customers.FindAsync(rows, Route<Guid>("id"), ct) is not { } customer)
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(customer.RowVersion);
        return TypedResults.Ok(customer);
    }
}
