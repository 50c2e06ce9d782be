using Lending.Customers.Data;
using Lending.Customers.Profiles;
using Lending.Platform.Persistence;

namespace Lending.Customers.Contracts;

internal sealed class CustomerDirectory(Rows<CustomersDbContext> rows) : ICustomerDirectory
{
    // The lock keeps the customer from being deleted; updates go on. After a deletion it finds nothing. It stands in the filtered statement
    // itself, so nobody locks rows of another organisation.
    private static readonly RowByKey<CustomersDbContext, Customer, CustomerSummary> Held = new(
        customer => new CustomerSummary(
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
        ),
        RowLocks.KeyShare
    );

    public Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct) => Held.FindAsync(rows, customerId, ct);
}
