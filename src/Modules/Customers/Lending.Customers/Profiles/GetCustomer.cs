using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Platform.Audit;
using Lending.Platform.Encryption;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Customers.Profiles;

/// <summary>Reads a customer. Customers themselves read their own profile only.</summary>
internal sealed class GetCustomer(OrganizationSql sql, ReadBatches<CustomersModule> batches, KeyRing ring)
    : EndpointWithoutRequest<Results<Ok<CustomerResponse>, Problem>>
{
    public override void Configure()
    {
        Get("customers/{id:guid}");
        Permissions(CustomersPermission.CustomersRead);
        this.TellsOfPersons<CustomerResponse>(nameof(Customer), customer => customer.Id, customer => customer.Id);
    }

    public override async Task<Results<Ok<CustomerResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        FormattableString statement = $"""
            SELECT {CustomerResponse.Columns} FROM customers.customers
            WHERE {sql.OfCaller($"id")} AND id = {Route<Guid>("id")}
            """;
        if (await sql.ReadTogetherAsync(batches, statement, row => CustomerResponse.Read(row, ring), ct) is not [var customer])
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(customer.RowVersion);
        return TypedResults.Ok(customer);
    }
}
