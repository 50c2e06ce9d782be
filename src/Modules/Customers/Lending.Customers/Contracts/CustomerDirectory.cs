using Lending.Customers.Data;
using Lending.Customers.Profiles;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Contracts;

internal sealed class CustomerDirectory(CustomersDbContext db, Caller caller) : ICustomerDirectory
{
    public Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct) =>
        // The lock that a foreign key takes: updates go on, a deletion waits; after a deletion it finds nothing. Said here and not left to the
        // query filters alone, which stand around the statement: nobody locks rows of another organisation.
        db
            .Customers.FromSql(
                $"""
                SELECT * FROM customers.customers
                WHERE id = {customerId} AND organization_id = {caller.OrganizationId} FOR KEY SHARE
                """
            )
            .Select(customer => new CustomerSummary(
                customer.Id,
                Customer.FullNameOf(customer.FirstName, customer.LastName),
                customer.Email,
                Customer.PostalAddressOf(
                    customer.AddressLine1,
                    customer.AddressLine2,
                    customer.City,
                    customer.State,
                    customer.PostalCode,
                    customer.Country
                )
            ))
            .SingleOrDefaultAsync(ct);
}
