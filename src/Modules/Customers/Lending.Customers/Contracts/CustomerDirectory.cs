using Lending.Customers.Data;
using Lending.Customers.Profiles;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Contracts;

internal sealed class CustomerDirectory(CustomersDbContext db) : ICustomerDirectory
{
    public Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct) =>
        // The lock that a foreign key takes: updates go on, a deletion waits; after a deletion it finds nothing.
        db
            .Customers.FromSql($"SELECT * FROM customers.customers WHERE id = {customerId} FOR KEY SHARE")
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
