using Lending.Customers.Profiles;
using Lending.Platform.Persistence;
using Npgsql;

namespace Lending.Customers.Contracts;

internal sealed class CustomerDirectory(OrganizationSql sql) : ICustomerDirectory
{
    public async Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct)
    {
        // The lock keeps the customer from being deleted; updates go on. After a deletion it finds nothing.
        FormattableString statement = $"""
            SELECT id, first_name, last_name, email, address_line1, address_line2, city, state, postal_code, country
            FROM customers.customers WHERE {sql.OfCaller($"id")} AND id = {customerId} FOR KEY SHARE
            """;
        return await sql.ReadAsync(statement, Read, ct) is [var customer] ? customer : null;
    }

    private static CustomerSummary Read(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            Customer.FullNameOf(row.GetString(1), row.GetString(2)),
            row.GetString(3),
            Customer.PostalAddressOf(
                row.GetString(4),
                row.IsDBNull(5) ? null : row.GetString(5),
                row.GetString(6),
                row.IsDBNull(7) ? null : row.GetString(7),
                row.GetString(8),
                row.GetString(9)
            )
        );
}
