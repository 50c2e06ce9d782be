using Lending.Customers.Data;
using Lending.Customers.Profiles;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Contracts;

internal sealed class CustomerDirectory(CustomersDbContext db) : ICustomerDirectory
{
    // The lock keeps the customer from being deleted; updates go on. After a deletion it finds nothing. It stands in the filtered statement
    // itself, so nobody locks rows of another organisation.
    private static readonly CompiledQuery<CustomersDbContext, Guid, CustomerSummary> Hold = new(
        (db, id) =>
            db
                .Customers.TagWith(RowLocks.KeyShare)
                .Where(customer => customer.Id == id)
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
                .SingleOrDefault()
    );

    public Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct) => Hold.ExecuteAsync(db, customerId, ct);
}
